using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>What is announced of somebody's endpoints, on their own page.</summary>
public partial class MyChanges
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<PlannedChange> Changes { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Somebody else looks.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    [Inject]
    public required PlannedChanges Planned { get; init; }

    private Task AcknowledgeAsync(PlannedChange change) => ActAsync(async actor =>
    {
        Result known = await Planned.AcknowledgeAsync(actor, change.Id, CancellationToken.None);
        // Also when it has been withdrawn meanwhile: then it goes.
        await OnChanged.InvokeAsync();
        return known.Error;
    });
}
