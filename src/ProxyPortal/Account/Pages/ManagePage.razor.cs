using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class ManagePage
{
    private static readonly string ConfirmUrl = $"{PortalUrls.ConfirmIdentity}?returnUrl={Uri.EscapeDataString(PortalUrls.MyAccount)}";
    private static readonly Error NotFresh = new("proof_too_old", "Confirm it is you first.");
    private User? _user;
    private Guid? _current;
    private bool _isFresh;
    private int _codesLeft;
    private int _minLength;
    private string? _done;
    private IReadOnlyList<string>? _codes;
    private IReadOnlyList<UserPasskeyInfo> _passkeys = [];
    private IReadOnlyList<SignInSession> _sessions = [];

    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private SignInSessions Sessions { get; init; } = null!;

    [Inject]
    private PasswordService Passwords { get; init; } = null!;

    [Inject]
    private SecondFactorService Codes { get; init; } = null!;

    [Inject]
    private PasskeyService Passkeys { get; init; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (Visitor.Id is not { } id)
            return;
        _current = SessionPrincipal.SessionOf(HttpContext.User);
        _isFresh = SessionPrincipal.IsFresh(HttpContext.User, Time.GetUtcNow());
        await LoadAsync(id);
    }

    private async Task LoadAsync(Guid id)
    {
        _user = await ReloadAsync(id);
        _minLength = await Passwords.MinLengthAsync(id, Aborted);
        _codesLeft = await Codes.CountCodesAsync(id, Aborted);
        _passkeys = await Passkeys.ListAsync(id);
        _sessions = await Sessions.ListAsync(id, Aborted);
    }

    private async Task ChangePasswordAsync()
    {
        if (_user is null || !ReadForm())
            return;
        if (_user.PasswordHash is null && !_isFresh)
        {
            Refuse(NotFresh);
            return;
        }
        if (_user.PasswordHash is not null && await SignIn.ProveAsync(HttpContext, _user.Id, Field("current"), Aborted) is { Message: not null } refused)
        {
            Refuse(refused, "current");
            return;
        }
        Result changed = await Passwords.ChangeAsync(Visitor, _user.Id, Field("password"), Aborted);
        if (changed.Error is { } error)
        {
            Refuse(error);
            return;
        }
        bool secondFactor = HttpContext.User.HasClaim(SessionPrincipal.MethodClaim, SessionPrincipal.SecondFactorUsed);
        await Sessions.StartAsync(HttpContext, await ReloadAsync(_user.Id), SignInStage.Full, secondFactor, keep: false, Aborted);
        _current = null;
        await DoneAsync(T["Your password was changed. You were signed out everywhere else."]);
    }

    private async Task ReissueCodesAsync()
    {
        if (_user is null || !ReadForm())
            return;
        if (_isFresh)
            _codes = await Codes.ReissueCodesAsync(Visitor, _user.Id, _current, Aborted);
        else
            Refuse(NotFresh);
    }

    private async Task AddPasskeyAsync()
    {
        if (_user is null || !ReadForm())
            return;
        Result added = _isFresh ? await Passkeys.AddAsync(HttpContext, _user.Id, Field("credential"), Field("passkeyName"), Aborted) : NotFresh;
        if (added.Error is { } error)
            Refuse(error);
        else
            await DoneAsync(T["The passkey was added. You were signed out everywhere else."]);
    }

    private async Task RemovePasskeyAsync()
    {
        if (_user is null || !ReadForm())
            return;
        Result removed = _isFresh ? await Passkeys.RemoveAsync(HttpContext, _user.Id, Field("passkey"), Aborted) : NotFresh;
        if (removed.Error is { } error)
            Refuse(error);
        else
            await DoneAsync(T["The passkey was removed. You were signed out everywhere else."]);
    }

    private async Task EndSessionAsync()
    {
        if (_user is null || !ReadForm())
            return;
        if (Field("session") == "others")
            await Sessions.EndAsync(_user.Id, null, _current, Aborted);
        else if (Guid.TryParse(Field("session"), out Guid id))
            await Sessions.EndAsync(_user.Id, id, null, Aborted);
        await DoneAsync(T["Signed out there."]);
    }

    private async Task DoneAsync(string message)
    {
        _done = message;
        await LoadAsync(_user!.Id);
    }
}
