using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Schemes;

/// <summary>Chooses schemes, says what each of them protects, and warns of what will break. With an <see cref="Order"/> they are offered in
/// that order (the challenges of an endpoint), without one they are a plain set (a group).</summary>
public partial class SchemePicker
{
    /// <summary>Start of the ids within; unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter]
    public string Label { get; set; } = "Schemes";

    [Parameter, EditorRequired]
    public required string Hint { get; set; }

    [Parameter, EditorRequired]
    public AuthSchemes Value { get; set; }

    [Parameter]
    public EventCallback<AuthSchemes> ValueChanged { get; set; }

    /// <summary>The chosen schemes in the order of the challenges; empty = as registered; null = order means nothing.</summary>
    [Parameter]
    public IReadOnlyList<string>? Order { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> OrderChanged { get; set; }

    /// <summary>How clients reach the proxy; null where it differs.</summary>
    [Parameter]
    public ProxyTransport? Transport { get; set; }

    [Parameter]
    public string? Error { get; set; }

    private int Chosen => AuthScheme.Names(Value).Count();

    // The chosen ones first, in their order; what is not chosen keeps its usual place behind them.
    private IEnumerable<SchemeWords> Ordered => Order is null ? SchemeWords.All
        : SchemeWords.All.OrderBy(words => Position(words) ?? int.MaxValue);

    private List<string> Names => [.. AuthScheme.InOrder(Value, Order ?? [])];

    private int? Position(SchemeWords words) => Names.IndexOf(words.Name) is >= 0 and var index ? index + 1 : null;

    private async Task ChooseAsync(AuthSchemes scheme, bool isChosen)
    {
        AuthSchemes chosen = isChosen ? Value | scheme : Value & ~scheme;
        if (Order is not null)
            await OrderChanged.InvokeAsync([.. AuthScheme.InOrder(chosen, Names)]);
        await ValueChanged.InvokeAsync(chosen);
    }

    private Task MoveAsync(SchemeWords words, int by)
    {
        List<string> names = Names;
        int from = names.IndexOf(words.Name);
        // A second click that was on its way may find it at the end already.
        if (from < 0 || from + by < 0 || from + by >= names.Count)
            return Task.CompletedTask;
        (names[from], names[from + by]) = (names[from + by], names[from]);
        return OrderChanged.InvokeAsync(names);
    }
}
