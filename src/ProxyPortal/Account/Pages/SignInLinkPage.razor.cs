using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

/// <summary>The way back in after <c>admin reset</c>, which has taken every proof away: the link opens nothing but this form, and what
/// is owed after the new password is owed as at any sign-in.</summary>
public partial class SignInLinkPage
{
    [Inject]
    private SignInService SignIn { get; init; } = null!;

    protected override LinkPurpose Purpose => LinkPurpose.SignIn;

    private async Task SubmitAsync()
    {
        if (await ChooseAsync() is not { } chosen)
            return;
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        User user = await db.Users.SingleAsync(row => row.Id == chosen.UserId, Aborted);
        if (SessionRules.RefusalOf(user, Time.GetUtcNow()) is { } refusal)
            Refuse(new Error("state", refusal));
        else
            GoAfter(await SignIn.AfterPasswordAsync(HttpContext, db, user, keep: false, failedBefore: 0, Aborted), null);
    }
}
