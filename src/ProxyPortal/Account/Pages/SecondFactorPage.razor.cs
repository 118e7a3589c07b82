using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class SecondFactorPage
{
    private User? _user;
    private bool _hasApp = true;

    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private SecondFactorService Codes { get; init; } = null!;

    [Inject]
    private PasskeyService Passkeys { get; init; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _user = await PendingUserAsync();
        if (_user is null)
            Navigation.NavigateTo(WithReturn(PortalUrls.SignIn));
        else
            _hasApp = _user.TwoFactorEnabled;
    }

    private async Task SubmitAsync()
    {
        if (_user is null || !ReadForm())
            return;
        SignInOutcome outcome = await Codes.VerifyAsync(new Actor(_user.Id, _user.UserName!, PortalRole.None, Visitor.Address), _user, Field("code"), Aborted);
        if (outcome.Message is not null)
        {
            Refuse(outcome, "code");
            return;
        }
        await SignIn.CompleteAsync(HttpContext, _user, "code", Aborted);
        Navigation.NavigateTo(DestinationOf(_user));
    }

    private async Task SubmitPasskeyAsync()
    {
        if (_user is null || !ReadForm())
            return;
        Result<User> verified = await Passkeys.VerifyAsync(HttpContext, Field("credential"), Aborted);
        if (verified.Error is { } error)
        {
            Refuse(error, error.Code == "throttled" ? StatusCodes.Status429TooManyRequests : null);
            return;
        }
        // Whose passkey it is decides who is signed in, not whose password it was.
        await SignIn.CompleteAsync(HttpContext, verified.Value, "passkey", Aborted);
        Navigation.NavigateTo(DestinationOf(verified.Value));
    }
}
