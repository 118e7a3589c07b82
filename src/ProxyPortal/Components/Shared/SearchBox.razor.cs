using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>The search field of a list: reports what was typed after a short pause. <c>/</c> puts the cursor here.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);
    private CancellationTokenSource _typing = new();
    private string? _shown;
    private string? _reported;
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

    public void Dispose()
    {
        _typing.Cancel();
        _typing.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (Value == _reported)
            return;
        (_shown, _reported) = (Value, Value);
        _generation++;
    }

    private async Task OnInputAsync(ChangeEventArgs change)
    {
        await _typing.CancelAsync();
        _typing.Dispose();
        _typing = new CancellationTokenSource();
        CancellationToken overtaken = _typing.Token;
        try
        {
            await Task.Delay(TypingPause, Time, overtaken);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        string text = (change.Value as string ?? "").Trim();
        _reported = text.Length == 0 ? null : text;
        await ValueChanged.InvokeAsync(_reported);
    }
}
