using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>What is announced of the endpoints on a page without a circuit; who is signed in says by a plain form that they know.</summary>
public partial class ConnectChanges
{
    private IReadOnlyList<PlannedChange> _changes = [];

    /// <summary>Those that the reader may know of.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ConnectEndpoint> Endpoints { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    public required PlannedChanges Planned { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool IsStranger => PublishedAnswers.ReaderOf(HttpContext).Id is null;

    // Each time: the page asks for this part before it has read its endpoints, and again with them.
    protected override async Task OnParametersSetAsync() => _changes = await Planned.ListAsync(PublishedAnswers.ReaderOf(HttpContext), Endpoints, HttpContext.RequestAborted);

    private async Task AcknowledgeAsync()
    {
        // What has been withdrawn meanwhile is gone from the page that comes next: nothing to say about it.
        if (HttpContext.Request.Form["change"] is [{ } only] && Guid.TryParse(only, out Guid id))
            _ = await Planned.AcknowledgeAsync(PublishedAnswers.ReaderOf(HttpContext), id, HttpContext.RequestAborted);
        Navigation.NavigateTo(PortalUrls.Connect);
    }
}
