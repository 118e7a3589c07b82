using Microsoft.AspNetCore.Components;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class ConfirmIdentityPage
{
    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private SignInSessions Sessions { get; init; } = null!;

    [Inject]
    private PasskeyService Passkeys { get; init; } = null!;

    private async Task SubmitAsync()
    {
        if (Visitor.Id is not { } id || !ReadForm())
            return;
        SignInOutcome outcome = await SignIn.ProveAsync(HttpContext, id, Field("password"), Aborted);
        if (outcome.Message is not null)
            Refuse(outcome, "password");
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
