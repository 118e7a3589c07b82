using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Guides;

/// <summary>The text of a guide as readers see it: on its page, and beside it while it is written.</summary>
public partial class GuideText
{
    [Parameter, EditorRequired]
    public required GuideContent Content { get; set; }

    /// <summary>Which it is written in.</summary>
    [Parameter, EditorRequired]
    public required string Language { get; set; }
}
