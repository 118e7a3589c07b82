using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>A planned change as those read it who use the endpoint: what ends and when, and the new way beside the old one. Also on pages without a circuit.</summary>
public partial class ChangeNotice
{
    [Parameter, EditorRequired]
    public required PlannedChange Change { get; set; }

    [Parameter]
    public bool MayAcknowledge { get; set; }

    /// <summary>How the reader says that they know; shown until they have.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    public required TimeProvider Time { get; init; }

    private bool IsDue => Change.EffectiveAt <= Time.GetUtcNow();

    private AnnouncedWay Old => new(Change.Endpoint.Address, Change.Endpoint.Schemes);

    private AnnouncedWay? New => Change switch
    {
        { Replacement: { } next } => new AnnouncedWay(next.Address, next.Schemes),
        { EndingSchemes.Count: > 0 } => Old with { Schemes = [.. Change.Endpoint.Schemes.Except(Change.EndingSchemes, StringComparer.Ordinal)] },
        _ => null,
    };

    private string Title => Change switch
    {
        { Replacement: { } next } => T["{0} is replaced by {1}", Change.Endpoint.Name, next.Name],
        { EndingSchemes.Count: > 0 } => T["Sign-in by {0} ends at {1}", string.Join(", ", Change.EndingSchemes), Change.Endpoint.Name],
        _ => T["{0} ends", Change.Endpoint.Name],
    };

    private string Until => IsDue ? T["The old way may end at any moment. It was to end at:"]
        : New is null ? T["It works until:"] : T["Old and new both work until:"];
}
