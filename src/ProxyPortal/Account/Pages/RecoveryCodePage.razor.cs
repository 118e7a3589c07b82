using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class RecoveryCodePage
{
    private User? _user;

    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private SecondFactorService Codes { get; init; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _user = await PendingUserAsync();
        if (_user is null)
            Navigation.NavigateTo(WithReturn(PortalUrls.SignIn));
    }

    private async Task SubmitAsync()
    {
        if (_user is null || !ReadForm())
            return;
        SignInOutcome outcome = await Codes.UseRecoveryCodeAsync(new Actor(_user.Id, _user.UserName!, PortalRole.None, Visitor.Address), _user, Field("code"), Aborted);
        if (outcome.Message is not null)
        {
            Refuse(outcome, "code");
            return;
        }
        await SignIn.CompleteAsync(HttpContext, _user, "recovery code", Aborted);
        Navigation.NavigateTo(PortalUrls.MyAccount);
    }
}
