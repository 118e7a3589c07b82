using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Guides;

/// <summary>All guides for those who write them. They are few, so one answer holds all that match.</summary>
public partial class ManageGuidesPage
{
    private IReadOnlyList<GuideSummary> _guides = [];
    private string? _shown;
    private bool _isRead;

    [SupplyParameterFromQuery(Name = "search")]
    public string? Search { get; set; }

    [Inject]
    public required GuideService Guides { get; init; }

    protected override Task OnParametersSetAsync() => _isRead && _shown == Search ? Task.CompletedTask : ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<IReadOnlyList<GuideSummary>> all = await Guides.ListAsync(actor, Search, Gone);
        if (all.Succeeded)
            (_guides, _shown, _isRead) = (all.Value, Search, true);
        return all.Error;
    });

    private void OnSearch(string? text) => Navigation.NavigateTo(PortalUrls.GuidesToEditMatching(text), replace: true);
}
