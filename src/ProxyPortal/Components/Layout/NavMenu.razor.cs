using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Layout;

public partial class NavMenu
{
    [Parameter, EditorRequired]
    public required ShellUser User { get; set; }
}
