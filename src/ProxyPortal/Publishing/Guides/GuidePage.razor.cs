using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Guides;

/// <summary>One guide, with the values that its reader may know. One that is not for the reader looks like one that is not there.</summary>
public partial class GuidePage
{
    /// <summary>Fewer are seen at a glance.</summary>
    private const int FewestHeadings = 4;
    private GuidePageView? _guide;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Parameter]
    public required string Slug { get; set; }

    [Inject]
    public required GuideReadingService Reading { get; init; }

    private GuideReader Reader => GuideReaders.Of(T);

    private bool IsStranger => PublishedAnswers.ReaderOf(HttpContext).Id is null;

    protected override async Task OnInitializedAsync()
    {
        _guide = await Reading.FindAsync(PublishedAnswers.ReaderOf(HttpContext), Reader, Slug, HttpContext.RequestAborted);
        if (_guide is null)
            HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
