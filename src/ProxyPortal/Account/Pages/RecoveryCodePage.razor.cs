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

    protected override async Task OnInitializedAsync() => _user = await PendingUserAsync();

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        if (_user is null)
        {
            await RecoverAsync();
            return;
        }
        SignInOutcome outcome = await Codes.UseRecoveryCodeAsync(new Actor(_user.Id, _user.UserName!, PortalRole.None, Visitor.Address), _user, Field("code"), Aborted);
        if (outcome.Message is not null)
        {
            Refuse(outcome, "code");
            return;
        }
        await FinishAsync(_user);
    }

    private async Task RecoverAsync()
    {
        (User? user, SignInOutcome outcome) = await Codes.RecoverAsync(Visitor, Field("userId"), Field("code"), Aborted);
        if (user is null)
            Refuse(outcome);
        else
            await FinishAsync(user);
    }

    private async Task FinishAsync(User user)
    {
        await SignIn.CompleteAsync(HttpContext, user, "recovery code", Aborted);
        Navigation.NavigateTo(PortalUrls.MyAccount);
    }
}
