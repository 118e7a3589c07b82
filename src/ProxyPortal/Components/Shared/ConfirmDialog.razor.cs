using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProxyPortal.Components.Shared;

/// <summary>What a <see cref="ConfirmDialog"/> asks.</summary>
/// <param name="Question">"Suspend alice?"</param>
/// <param name="Consequence">What will happen, in whole sentences: who loses what, and by when at the latest.</param>
/// <param name="ConfirmLabel">The verb on the button: "Suspend user", never "OK".</param>
/// <param name="IsDangerous">Takes something away; the button says so by its colour.</param>
/// <param name="TypeToConfirm">A name to be typed. Only for what cannot be undone.</param>
/// <param name="CancelLabel">How to leave things as they are.</param>
public sealed record Confirmation(
    string Question,
    string Consequence,
    string ConfirmLabel,
    bool IsDangerous = false,
    string? TypeToConfirm = null,
    string? CancelLabel = null);

/// <summary>Asks before an act with consequences. Pages call <see cref="ConfirmExtensions.ConfirmAsync"/>.</summary>
public partial class ConfirmDialog
{
    private string _typed = "";

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required string Question { get; set; }

    [Parameter, EditorRequired]
    public required string Consequence { get; set; }

    [Parameter, EditorRequired]
    public required string ConfirmLabel { get; set; }

    [Parameter]
    public bool IsDangerous { get; set; }

    [Parameter]
    public string? TypeToConfirm { get; set; }

    [Parameter]
    public string? CancelLabel { get; set; }

    /// <summary>Details under the consequence: a list of what is affected.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private bool MayConfirm => TypeToConfirm is null || string.Equals(_typed.Trim(), TypeToConfirm, StringComparison.Ordinal);

    private void Confirm()
    {
        if (MayConfirm)
            Dialog.Close(DialogResult.Ok(true));
    }
}
