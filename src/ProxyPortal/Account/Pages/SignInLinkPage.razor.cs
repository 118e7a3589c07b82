using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.Passwords;
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
    // The form must be there to receive a post; whether its link works is then decided with the post.
    private bool _isOpen = true;
    private string? _userName;

    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private PasswordService Passwords { get; init; } = null!;

    [Inject]
    private LinkCookie Cookie { get; init; } = null!;

    [Inject]
    public required OneTimeLinks Links { get; init; }

    private string? Token => Cookie.Read(HttpContext, LinkPurpose.SignIn);

    protected override async Task OnInitializedAsync()
    {
        if (!IsPost && HttpContext.Request.QueryString.HasValue)
        {
            if (await Cookie.AcceptAsync(HttpContext, Query("token"), LinkPurpose.SignIn, Aborted))
                Navigation.NavigateTo(PortalUrls.SignInLink);
            else
                Close();
            return;
        }
        OneTimeLink? link = await Links.FindAsync(Token, LinkPurpose.SignIn, Aborted);
        if (link is null && !IsPost)
            Close();
        if (link?.UserId is { } userId)
            _userName = (await ReloadAsync(userId)).UserName;
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result<ChosenPassword> chosen = await Passwords.ChooseByLinkAsync(Visitor, Token, LinkPurpose.SignIn, Field("password"), Aborted);
        if (chosen.Error is { } error)
        {
            if (error == PasswordService.LinkInvalid)
                Close();
            else
                Refuse(error, error == PasswordService.Overloaded ? StatusCodes.Status503ServiceUnavailable : null);
            return;
        }
        Cookie.Clear(HttpContext, LinkPurpose.SignIn);
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        User user = await db.Users.SingleAsync(row => row.Id == chosen.Value.UserId, Aborted);
        if (SessionRules.RefusalOf(user, Time.GetUtcNow()) is { } refusal)
            Refuse(new Error("state", refusal));
        else
            GoAfter(await SignIn.AfterPasswordAsync(HttpContext, db, user, keep: false, failedBefore: 0, Aborted), null);
    }

    private void Close()
    {
        _isOpen = false;
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
