using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class EnrolSecondFactorPage
{
    private User? _user;
    private string? _key;
    private IReadOnlyList<string>? _codes;
    private string _next = PortalUrls.Home;
    private bool _isSetup;
    private bool _hasPasskey;

    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private SecondFactorService Codes { get; init; } = null!;

    [Inject]
    private PasskeyService Passkeys { get; init; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _isSetup = !Settings.Current.IsSetUp && Query("setup") is not null;
        _user = await AccountApi.AddingUserAsync(HttpContext, Contexts, Time);
        if (_user is null)
        {
            // Signed in, but the proof is too old; or a password was given and there is a factor already, which must be used.
            Navigation.NavigateTo(
                HttpContext.User.Identity is { IsAuthenticated: true } ? $"{PortalUrls.ConfirmIdentity}?returnUrl={Uri.EscapeDataString(PortalUrls.EnrolSecondFactor)}"
                : await PendingUserAsync() is not null ? WithReturn(PortalUrls.SecondFactor) : WithReturn(PortalUrls.SignIn));
            return;
        }
        _hasPasskey = (await Passkeys.ListAsync(_user.Id)).Count > 0;
        _next = HttpContext.User.Identity is { IsAuthenticated: true } && !_isSetup ? ReturnUrl ?? PortalUrls.MyAccount : DestinationOf(_user);
        _key = await Codes.OfferKeyAsync(_user.Id, Aborted);
    }

    private async Task SubmitAsync()
    {
        if (_user is null || !ReadForm())
            return;
        Result<IReadOnlyList<string>> enrolled = await Codes.EnrolAsync(ActorOf(_user), _user.Id, Field("code"), Aborted);
        if (enrolled.Error is { } error)
        {
            Refuse(error, error.Code == "throttled" ? StatusCodes.Status429TooManyRequests : null);
            return;
        }
        await SignIn.CompleteAsync(HttpContext, await ReloadAsync(_user.Id), "code", Aborted);
        _codes = enrolled.Value;
    }

    private async Task SubmitPasskeyAsync()
    {
        if (_user is null || !ReadForm())
            return;
        Result added = await Passkeys.AddAsync(HttpContext, _user.Id, Field("credential"), PasskeyService.DefaultName, Aborted);
        if (added.Error is { } error)
        {
            Refuse(error);
            return;
        }
        // The codes first: they renew the stamp that the session is then bound to.
        IReadOnlyList<string> codes = await Codes.ReissueCodesAsync(ActorOf(_user), _user.Id, null, Aborted);
        await SignIn.CompleteAsync(HttpContext, await ReloadAsync(_user.Id), "passkey", Aborted);
        _codes = codes;
    }

    private async Task SkipAsync()
    {
        if (_user is null || !_isSetup || !_hasPasskey || !ReadForm())
            return;
        _codes = await Codes.ReissueCodesAsync(ActorOf(_user), _user.Id, SessionPrincipal.SessionOf(HttpContext.User), Aborted);
    }

    private Actor ActorOf(User user) => new(user.Id, user.UserName!, user.Role, Visitor.Address);
}
