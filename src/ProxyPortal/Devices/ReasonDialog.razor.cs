using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProxyPortal.Devices;

/// <summary>An act that is decided with a word, and whether there must be one.</summary>
public sealed record ReasonQuestion(string Title, string Consequence, string Verb, bool IsRequired, bool IsDangerous = true);

/// <summary>Asks before an act, and for the word that goes with it. Pages call <see cref="ReasonExtensions.AskReasonAsync"/>.</summary>
public partial class ReasonDialog
{
    private string _reason = "";
    private bool _isMissing;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required ReasonQuestion Question { get; set; }

    private void Confirm()
    {
        _isMissing = Question.IsRequired && string.IsNullOrWhiteSpace(_reason);
        if (!_isMissing)
            Dialog.Close(DialogResult.Ok(_reason));
    }
}

internal static class ReasonExtensions
{
    private static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true };

    /// <summary>The reason, which may be empty where none is needed; null for cancel, Esc and a closed dialog.</summary>
    public static async Task<string?> AskReasonAsync(this IDialogService dialogs, ReasonQuestion question)
    {
        IDialogReference reference = await dialogs.ShowAsync<ReasonDialog>(question.Title, new DialogParameters<ReasonDialog> { { dialog => dialog.Question, question } }, Options);
        return await reference.Result is { Canceled: false, Data: string reason } ? reason : null;
    }
}
