using Microsoft.AspNetCore.Components;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class SignInPage
{
    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private PasskeyService Passkeys { get; init; } = null!;

    protected override void OnInitialized()
    {
        // Already signed in: nothing to do here. A session that has just ended comes as nobody.
        if (!IsPost && HttpContext.User.Identity is { IsAuthenticated: true })
            Navigation.NavigateTo(ReturnUrl ?? PortalUrls.Home);
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        SignInOutcome outcome = await SignIn.SignInAsync(HttpContext, Field("userId"), Field("password"), Field("keep") == "true", Aborted);
        // The user-id is not put back into the form: every refusal is the same page, to the byte.
        if (outcome.Message is not null)
            Refuse(outcome);
        else
            GoAfter(outcome, null);
    }

    private async Task SubmitPasskeyAsync()
    {
        if (!ReadForm())
            return;
        Result<User> verified = await Passkeys.VerifyAsync(HttpContext, Field("credential"), Aborted);
        if (verified.Error is { } error)
        {
            Refuse(error, error.Code == "throttled" ? StatusCodes.Status429TooManyRequests : null);
            return;
        }
        await SignIn.CompleteAsync(HttpContext, verified.Value, "passkey", Aborted);
        Navigation.NavigateTo(DestinationOf(verified.Value));
    }
}
