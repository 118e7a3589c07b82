using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Commands or configuration over several lines: scrolls sideways instead of wrapping, can be reached with Tab, copies
/// exactly what it shows.</summary>
public partial class CodeBlock
{
    [Parameter, EditorRequired]
    public required string Code { get; set; }

    /// <summary>Where the text belongs: "squid.conf", "Shell".</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }
}
