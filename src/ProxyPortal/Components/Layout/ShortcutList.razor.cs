using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Layout;

public partial class ShortcutList
{
    [Parameter, EditorRequired]
    public required ShellUser User { get; set; }
}
