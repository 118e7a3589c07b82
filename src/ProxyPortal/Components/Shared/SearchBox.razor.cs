using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>The search field of a list: reports what was typed after a short pause. <c>/</c> puts the cursor here.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);
    private readonly LatestRun _typing = new();

    // Reported, and not yet come back as Value: the way to the page and back takes time, in which somebody may go on typing.
    private readonly List<string?> _underWay = [];
    private string? _shown;
    private string? _known;
    private int _generation;

    [Parameter, EditorRequired]
    public string? Value { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<string?> ValueChanged { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Inject]
    public required TimeProvider Time { get; init; }

    public void Dispose() => _typing.Dispose();

    protected override void OnParametersSet()
    {
        if (Value == _known)
            return;
        _known = Value;
        int come = _underWay.IndexOf(Value);
        if (come >= 0)
        {
            _underWay.RemoveRange(0, come + 1);
            return;
        }
        _underWay.Clear();
        _shown = Value;
        _generation++;
    }

    private async Task OnInputAsync(ChangeEventArgs change)
    {
        CancellationToken overtaken = await _typing.BeginAsync();
        try
        {
            await Task.Delay(TypingPause, Time, overtaken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // The pause may have ended in the very moment in which it was overtaken.
        if (overtaken.IsCancellationRequested)
            return;
        string text = (change.Value as string ?? "").Trim();
        string? reported = text.Length == 0 ? null : text;
        _underWay.Add(reported);
        await ValueChanged.InvokeAsync(reported);
    }
}
