using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>A page of requests, decided one by one or many at once.</summary>
public partial class RequestRows<TItem>
{
    private readonly HashSet<Guid> _chosen = [];

    [Parameter, EditorRequired]
    public required IReadOnlyList<TItem> Items { get; set; }

    [Parameter, EditorRequired]
    public required Func<TItem, Guid> IdOf { get; set; }

    /// <summary>What is decided, within a sentence: "alice+laptop", "the request of alice".</summary>
    [Parameter, EditorRequired]
    public required Func<TItem, string> NameOf { get; set; }

    [Parameter]
    public bool MayDecide { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>The verb that says yes.</summary>
    [Parameter, EditorRequired]
    public required string AcceptLabel { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<List<TItem>> OnAccept { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<List<TItem>> OnDecline { get; set; }

    /// <summary>Who asks for what, and why.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<TItem> ChildContent { get; set; }

    private bool AreAllChosen => Items.All(item => _chosen.Contains(IdOf(item)));

    private List<TItem> Chosen => [.. Items.Where(item => _chosen.Contains(IdOf(item)))];

    // What is not seen any more is not decided either.
    protected override void OnParametersSet() => _chosen.IntersectWith(Items.Select(IdOf));

    private void Choose(TItem item, bool isChosen) => _ = isChosen ? _chosen.Add(IdOf(item)) : _chosen.Remove(IdOf(item));

    private void ChooseAll(ChangeEventArgs change)
    {
        _chosen.Clear();
        if (change.Value is true)
            _chosen.UnionWith(Items.Select(IdOf));
    }
}
