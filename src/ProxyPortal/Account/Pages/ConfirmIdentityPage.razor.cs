using Microsoft.AspNetCore.Components;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class ConfirmIdentityPage
{
    private User? _user;
    private bool _asksPassword = true;
    private bool _asksCode;
    private bool _asksPasskey;

    [Inject]
    private SecondFactorService Codes { get; init; } = null!;

    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private SignInSessions Sessions { get; init; } = null!;

    [Inject]
    private PasskeyService Passkeys { get; init; } = null!;

    /// <summary>The strongest proof that the account has is asked for: a stolen password must not be enough to change the factor behind it.</summary>
    protected override async Task OnInitializedAsync()
    {
        if (Visitor.Id is not { } id)
            return;
        _user = await ReloadAsync(id);
        _asksPasskey = (await Passkeys.ListAsync(id)).Count > 0;
        _asksCode = _user.TwoFactorEnabled;
        _asksPassword = _user.PasswordHash is not null && (_asksCode || !_asksPasskey);
    }

    private async Task SubmitAsync()
    {
        if (_user is null || !_asksPassword || !ReadForm())
            return;
        SignInOutcome outcome = await SignIn.ProveAsync(HttpContext, _user.Id, Field("password"), Aborted);
        if (outcome.Message is not null)
            Refuse(outcome, "password");
        else if (_asksCode && await Codes.VerifyAsync(Visitor, _user, Field("code"), Aborted) is { Message: not null } refused)
            Refuse(refused, "code");
        else
            await ProvedAsync();
    }

    private async Task SubmitPasskeyAsync()
    {
        if (!ReadForm())
            return;
        Result<User> verified = await Passkeys.VerifyAsync(HttpContext, Field("credential"), Aborted);
        if (verified.Error is { } error)
            Refuse(error);
        else if (verified.Value.Id != Visitor.Id)
            Refuse(new Error("passkey_refused", "This passkey belongs to another account."));
        else
            await ProvedAsync();
    }

    private async Task ProvedAsync()
    {
        await Sessions.MarkProvedAsync(SessionPrincipal.SessionOf(HttpContext.User)!.Value, Aborted);
        Navigation.NavigateTo(ReturnUrl ?? PortalUrls.MyAccount);
    }
}
