using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Integrations.Squid;
using ProxyPortal.Links;

namespace ProxyPortal.Users;

/// <summary>One user: what holds for them, what may be done about it, and what was done.</summary>
public partial class UserPage
{
    private UserDetail? _user;
    private UserDraft? _draft;
    private long _draftVersion;
    private UserDetail? _newer;
    private IssuedLink? _link;
    private int _reads;
    private IReadOnlyList<string> _groups = [];
    private const string ThrottledHint = "Too many wrong passwords: for up to a day, passwords from addresses where this user never succeeded are refused unseen. A new password lifts it.";

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required UserService Users { get; init; }

    [Inject]
    public required UserPasswordLinks PasswordLinks { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    protected override bool SaysFaults => true;

    private bool MayEdit => May(Permission.EditUsers);

    // A help desk must not touch accounts with a portal role.
    private bool MayHelp => May(Permission.HelpUsers) && (_user?.Role is PortalRole.None || May(Permission.EditRoles));

    protected override Task OnParametersSetAsync()
    {
        if (_user?.Id == Id)
            return Task.CompletedTask;
        (_user, _draft, _newer, Fault, _link) = (null, null, null, null, null);
        ShowLoading();
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<UserDetail> found = await Users.GetAsync(actor, Id, Gone);
        if (found.Error is { } error)
            return error;
        Result<IReadOnlyList<string>> groups = await Users.ListGroupsAsync(actor, Gone);
        if (groups.Error is { } unread)
            return unread;
        (_user, _groups) = (found.Value, groups.Value);
        _reads++;
        return null;
    });

    private void Edit() => (_draft, _draftVersion, _newer, Fault) = (UserDraft.Of(_user!), _user!.Version, null, null);

    private void Discard() => (_draft, _newer, Fault) = (null, null, null);

    private Task SaveAsync() => _draft is not { } draft ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result result = await Users.ChangeAsync(actor, Id, draft.ToInput(), _draftVersion, CancellationToken.None);
        if (result.Error == UserService.Conflict)
        {
            await ReloadAsync();
            _newer = _user;
            return null;
        }
        if (result.Error is { } error)
            return error;
        Discard();
        Notifier.Done($"{_user!.UserId} saved");
        await ReloadAsync();
        return null;
    });

    private Task KeepMineAsync()
    {
        // A second click that was already on its way finds the question answered.
        if (_newer is not { } newer)
            return Task.CompletedTask;
        (_draftVersion, _newer) = (newer.Version, null);
        return SaveAsync();
    }

    private async Task SuspendAsync()
    {
        string user = _user!.UserId;
        if (await Dialogs.ConfirmAsync(new Confirmation($"Suspend {user}?",
            $"{user} is refused at the very next check, with the password and with every device. A proxy may remember an earlier acceptance for up to {SquidConfig.CredentialsTtlSeconds} seconds. You can resume at any time.",
            "Suspend user", IsDangerous: true)))
            await ChangeAsync(Users.SuspendAsync, $"{user} suspended", Users.ResumeAsync, $"{user} resumed");
    }

    private Task ResumeAsync() => ChangeAsync(Users.ResumeAsync, $"{_user!.UserId} resumed");

    private async Task DeleteAsync()
    {
        string user = _user!.UserId;
        if (await Dialogs.ConfirmAsync(new Confirmation($"Delete {user}?",
            $"{user} goes to the bin and is refused at the very next check; a proxy may remember an earlier acceptance for up to {SquidConfig.CredentialsTtlSeconds} seconds. Restoring brings everything back, devices and password included.",
            "Delete user", IsDangerous: true)))
            await ChangeAsync(Users.DeleteAsync, $"{user} moved to the bin", Users.RestoreAsync, $"{user} restored");
    }

    private Task RestoreAsync() => ChangeAsync(Users.RestoreAsync, $"{_user!.UserId} restored");

    private async Task MailLinkAsync()
    {
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Mail a password link to {_user!.Email}?",
            "It works once, for 24 hours. Earlier links stop working. The present password stays valid until the new link is used.", "Mail the link")))
            return;
        await ActAsync(async actor =>
        {
            if ((await PasswordLinks.MailAsync(actor, Id, CancellationToken.None)).Error is { } error)
                return error;
            Notifier.Done($"A link is on its way to {_user.Email}");
            await ReloadAsync();
            return null;
        });
    }

    private async Task IssueLinkAsync()
    {
        if (!await Dialogs.ConfirmAsync(new Confirmation($"New password link for {_user!.UserId}?",
            "Earlier links stop working. The present password stays valid until the new link is used.", "Create link")))
            return;
        await ActAsync(async actor =>
        {
            Result<IssuedLink> result = await PasswordLinks.IssueAsync(actor, Id, CancellationToken.None);
            if (result.Error is { } error)
                return error;
            _link = result.Value;
            await ReloadAsync();
            return null;
        });
    }

    private Task ChangeAsync(Act act, string done, Act? undo = null, string? undone = null) => ActAsync(async actor =>
    {
        Result result = await act(actor, Id, CancellationToken.None);
        if (result.Error is { } error)
            return error;
        _link = null;
        Discard();
        // The offer to undo outlives the page; so the act takes nothing from it but the services.
        Notifier.Done(done, undo is null ? null : () => InvokeAsync(() => ChangeAsync(undo, undone!)));
        await ReloadAsync();
        return null;
    });

    private delegate Task<Result> Act(Actor actor, Guid id, CancellationToken cancellationToken);
}
