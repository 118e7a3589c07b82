using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Publishing.Guides;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Guides;

/// <summary>All guides that the reader may read, and those that hold what somebody looks for: without an account as far as they are for everyone, and without a circuit.</summary>
public partial class GuidesPage
{
    private IReadOnlyList<GuideListEntry> _guides = [];

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromQuery(Name = "search")]
    public string? Search { get; set; }

    [Inject]
    public required GuideReadingService Reading { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    private GuideReader Reader => GuideReaders.Of(T);

    private bool IsSearch => GuideSearch.WordsOf(Search).Count > 0;

    private bool IsStranger => PublishedAnswers.ReaderOf(HttpContext).Id is null;

    protected override async Task OnInitializedAsync() =>
        _guides = await Reading.ListAsync(PublishedAnswers.ReaderOf(HttpContext), Reader, Search, HttpContext.RequestAborted);
}
