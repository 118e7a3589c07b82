using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class SignInLinkPage
{
    private bool _isOpen = true;

    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private LinkCookie Cookie { get; init; } = null!;

    [Inject]
    public required OneTimeLinks Links { get; init; }

    private string? Token => Cookie.Read(HttpContext, LinkPurpose.SignIn);

    protected override async Task OnInitializedAsync()
    {
        if (IsPost)
            return;
        if (HttpContext.Request.QueryString.HasValue)
        {
            if (await Cookie.AcceptAsync(HttpContext, Query("token"), LinkPurpose.SignIn, Aborted))
                Navigation.NavigateTo(PortalUrls.SignInLink);
            else
                Close();
        }
        else if (await Links.FindAsync(Token, LinkPurpose.SignIn, Aborted) is null)
        {
            Close();
        }
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        OneTimeLink? link = await Links.FindAsync(Token, LinkPurpose.SignIn, Aborted);
        Cookie.Clear(HttpContext, LinkPurpose.SignIn);
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        if (link?.UserId is not { } userId || !await Links.ConsumeAsync(db, link, Aborted))
        {
            Close();
            return;
        }
        User user = await db.Users.SingleAsync(row => row.Id == userId, Aborted);
        if (SessionRules.RefusalOf(user, Time.GetUtcNow()) is not null)
        {
            Close();
            return;
        }
        // Who has no password yet, or lost it, chooses one on the account page while this proof is fresh.
        GoAfter(await SignIn.AfterPasswordAsync(HttpContext, db, user, keep: false, failedBefore: 0, Aborted), null);
    }

    private void Close()
    {
        _isOpen = false;
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
