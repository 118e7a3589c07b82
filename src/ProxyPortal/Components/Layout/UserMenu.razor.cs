using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Layout;

public partial class UserMenu
{
    [Parameter, EditorRequired]
    public required ShellUser User { get; set; }
}
