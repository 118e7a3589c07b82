using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>One announcement: the old way beside the new one, who still takes the old one, and the end of it.</summary>
public partial class AnnouncementPage
{
    private AnnouncementDetail? _row;
    private IReadOnlyList<OldWayUser> _users = [];

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required AnnouncementService Announcements { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    private bool MayEdit => May(Permission.EditPublications) && _row is { RetiredAt: null };

    private bool IsDue => _row is { RetiredAt: null } row && row.EffectiveAt <= Time.GetUtcNow();

    // Before, it is not what one should do next.
    private bool IsReady => IsDue || _row is { Counts.StillUsing: 0 };

    protected override Task OnParametersSetAsync()
    {
        if (_row?.Id == Id)
            return Task.CompletedTask;
        _row = null;
        ShowLoading();
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<AnnouncementDetail> found = await Announcements.GetAsync(actor, Id, Gone);
        if (found.Error is { } missing)
            return missing;
        Result<IReadOnlyList<OldWayUser>> users = await Announcements.ListUsersAsync(actor, Id, Gone);
        if (users.Succeeded)
            (_row, _users) = (found.Value, users.Value);
        return users.Error;
    });

    private async Task RemindAsync()
    {
        string whom = AnnouncementWords.People(_row!.Counts.StillUsing);
        if (await Dialogs.ConfirmAsync(new Confirmation($"Remind {whom}?", "Everybody who went the old way within the last seven days gets the mail once more, unless they chose otherwise.", $"Remind {whom}")))
            await DoAsync(Announcements.RemindAsync, $"{whom} reminded");
    }

    private async Task CarryOutAsync()
    {
        AnnouncementDetail row = _row!;
        if (await Dialogs.ConfirmAsync(new Confirmation(
            row.Counts.StillUsing == 0 ? "Carry it out now?" : $"Carry it out although {AnnouncementWords.People(row.Counts.StillUsing)} still {(row.Counts.StillUsing == 1 ? "goes" : "go")} the old way?",
            row.Consequence(), "Carry out now", IsDangerous: true, TypeToConfirm: row.Counts.StillUsing == 0 ? null : row.Endpoint)))
            await DoAsync(Announcements.CarryOutAsync, "Carried out");
    }

    private async Task WithdrawAsync()
    {
        string opened = _row!.Replacement is { } next ? $" Groups and devices to which {next} was opened may go on using it." : "";
        if (await Dialogs.ConfirmAsync(new Confirmation(
            "Withdraw the announcement?", $"The old way stays, and the notice goes from the users' pages. Those who had a mail get no other one: tell them.{opened}", "Withdraw", IsDangerous: true)))
            await DoAsync(Announcements.WithdrawAsync, "Withdrawn", PortalUrls.Announcements);
    }

    private Task DoAsync(Func<Actor, Guid, CancellationToken, Task<Result>> act, string done, string? goOn = null) => ActAsync(async actor =>
    {
        Result result = await act(actor, Id, CancellationToken.None);
        if (result.Succeeded)
            Notifier.Done(done);
        if (result.Succeeded && goOn is not null)
            GoOn(goOn);
        else
            await ReloadAsync();
        return result.Error;
    });
}
