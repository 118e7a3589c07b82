using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Asks before what was typed is lost by going elsewhere. Another view of the same page is not elsewhere.</summary>
public partial class UnsavedGuard
{
    /// <summary>Asked when somebody leaves: what was known at the last rendering may be over.</summary>
    [Parameter, EditorRequired]
    public required Func<bool> IsChanged { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private async Task AskAsync(LocationChangingContext leaving)
    {
        bool isHere = Navigation.ToAbsoluteUri(leaving.TargetLocation).AbsolutePath == new Uri(Navigation.Uri).AbsolutePath;
        if (IsChanged() && !isHere && !await Dialogs.ConfirmAsync(new Confirmation("Leave without saving?", "What you typed here is lost.", "Leave", IsDangerous: true)))
            leaving.PreventNavigation();
    }
}
