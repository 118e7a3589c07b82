using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;

namespace ProxyPortal.Account;

/// <summary>What the pages share to which a one-time link leads: the token moves from the address into a cookie, looking uses nothing up,
/// and a new password does.</summary>
public abstract class PasswordLinkPage : AccountPage
{
    [Inject]
    private PasswordService Passwords { get; init; } = null!;

    [Inject]
    private LinkCookie Cookie { get; init; } = null!;

    [Inject]
    public required OneTimeLinks Links { get; init; }

    /// <summary>The form must be there to receive a post; whether its link works is then decided with the post.</summary>
    protected bool IsOpen { get; private set; } = true;

    protected string? UserName { get; private set; }

    protected abstract LinkPurpose Purpose { get; }

    private string? Token => Cookie.Read(HttpContext, Purpose);

    protected override async Task OnInitializedAsync()
    {
        if (!IsPost && HttpContext.Request.QueryString.HasValue)
        {
            if (await Cookie.AcceptAsync(HttpContext, Query("token"), Purpose, Aborted))
                Navigation.NavigateTo(HttpContext.Request.Path);
            else
                Close();
            return;
        }
        OneTimeLink? link = await Links.FindAsync(Token, Purpose, Aborted);
        if (link is null && !IsPost)
            Close();
        if (link?.UserId is not { } userId)
            return;
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        UserName = await db.Users.Where(user => user.Id == userId).Select(user => user.UserName).SingleOrDefaultAsync(Aborted);
    }

    /// <summary>Takes the password of the form; null when it was refused, which the page then shows.</summary>
    private protected async Task<ChosenPassword?> ChooseAsync()
    {
        if (!ReadForm())
            return null;
        Result<ChosenPassword> chosen = await Passwords.ChooseByLinkAsync(Visitor, Token, Purpose, Field("password"), Aborted);
        if (chosen.Error is { } error)
        {
            if (error == PasswordService.LinkInvalid)
                Close();
            else
                Refuse(error, error == PasswordService.Overloaded ? StatusCodes.Status503ServiceUnavailable : null);
            return null;
        }
        Cookie.Clear(HttpContext, Purpose);
        return chosen.Value;
    }

    private void Close()
    {
        IsOpen = false;
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
