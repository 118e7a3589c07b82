using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Pac;

/// <summary>Moves an entry of a list by one place, by mouse or keyboard, or takes it away. Give the entry a key: the focus then stays on the button that was pressed.</summary>
public partial class MoveButtons
{
    private ElementReference _up;
    private ElementReference _down;
    private int _moved;

    /// <summary>What is moved: "hq", "route 2".</summary>
    [Parameter, EditorRequired]
    public required string What { get; set; }

    [Parameter, EditorRequired]
    public bool IsFirst { get; set; }

    [Parameter, EditorRequired]
    public bool IsLast { get; set; }

    /// <summary>By -1 or 1.</summary>
    [Parameter, EditorRequired]
    public EventCallback<int> OnMove { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnRemove { get; set; }

    // Browsers take the focus away from what is put elsewhere in the page; at the end of the list the other button has to do.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_moved == 0)
            return;
        bool up = IsLast || (_moved < 0 && !IsFirst);
        _moved = 0;
        await (up ? _up : _down).FocusAsync(preventScroll: true);
    }

    private Task MoveAsync(int by)
    {
        _moved = by;
        return OnMove.InvokeAsync(by);
    }
}
