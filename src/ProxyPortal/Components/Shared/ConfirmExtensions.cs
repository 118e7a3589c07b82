using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProxyPortal.Components.Shared;

public static class ConfirmExtensions
{
    /// <summary>True when the user confirmed; false for cancel, Esc and a closed dialog.</summary>
    public static async Task<bool> ConfirmAsync(this IDialogService dialogs, Confirmation ask, RenderFragment? details = null)
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { dialog => dialog.Question, ask.Question },
            { dialog => dialog.Consequence, ask.Consequence },
            { dialog => dialog.ConfirmLabel, ask.ConfirmLabel },
            { dialog => dialog.IsDangerous, ask.IsDangerous },
            { dialog => dialog.TypeToConfirm, ask.TypeToConfirm },
            { dialog => dialog.CancelLabel, ask.CancelLabel },
            { dialog => dialog.ChildContent, details },
        };
        var options = new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true };
        var reference = await dialogs.ShowAsync<ConfirmDialog>(ask.Question, parameters, options);
        return await reference.Result is { Canceled: false };
    }
}
