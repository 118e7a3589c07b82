using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Who saved what and when, to be compared and taken back.</summary>
public partial class GuideVersionsPanel
{
    private const int More = 10;
    private int _shown = More;

    [Parameter, EditorRequired]
    public required GuideDetail Guide { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public bool MayRestore { get; set; }

    /// <summary>With the number of the version.</summary>
    [Parameter, EditorRequired]
    public EventCallback<int> OnRestore { get; set; }
}
