using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Shows a secret exactly once. After "I saved it" the value has left the document, and <see cref="OnSaved"/> asks the owner
/// to drop its own copy. Set the value in a click handler, never while a page initialises: prerendering would issue it twice.</summary>
public partial class SecretOnce
{
    private bool _isSaved;
    private bool _hadNoValue;

    /// <summary>The secret. Nothing is shown while it is null; null and then a new value starts anew.</summary>
    [Parameter, EditorRequired]
    public string? Value { get; set; }

    /// <summary>What it is: "Device secret".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The owner sets its copy to null here.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnSaved { get; set; }

    [Parameter]
    public string? Explanation { get; set; }

    /// <summary>A QR code that leads to the same value; leaves with it.</summary>
    [Parameter]
    public RenderFragment? Qr { get; set; }

    /// <summary>What belongs with the secret: the login name, a ready-made command. Leaves with it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    protected override void OnParametersSet()
    {
        // The owner dropped the old secret and issued another one.
        if (!string.IsNullOrEmpty(Value) && _hadNoValue)
            _isSaved = false;
        _hadNoValue = string.IsNullOrEmpty(Value);
    }

    private Task SaveAsync()
    {
        _isSaved = true;
        return OnSaved.InvokeAsync();
    }
}
