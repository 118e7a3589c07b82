using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Guides;

/// <summary>What is typed as readers will see it, a moment after the typing pauses.</summary>
public sealed partial class GuidePreview : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);
    private readonly LatestRun _typing = new();
    private string? _rendered;
    private GuideContent? _content;
    private string? _fault;

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter, EditorRequired]
    public required GuideValues Values { get; set; }

    [Parameter, EditorRequired]
    public required string Language { get; set; }

    /// <summary>The address of the page that is written.</summary>
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    [Inject]
    public required TimeProvider Time { get; init; }

    public void Dispose() => _typing.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_rendered == Text)
            return;
        CancellationToken overtaken = await _typing.BeginAsync();
        if (_rendered is not null)
        {
            try
            {
                await Task.Delay(TypingPause, Time, overtaken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        if (!overtaken.IsCancellationRequested)
            Render();
    }

    private void Render()
    {
        _rendered = Text;
        Result<GuideContent> content = GuideMarkdown.Render(Text, Values, Path);
        (_content, _fault) = (content.Succeeded ? content.Value : null, content.Error?.Message);
    }
}
