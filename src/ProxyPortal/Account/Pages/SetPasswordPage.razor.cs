using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;

namespace ProxyPortal.Account.Pages;

public partial class SetPasswordPage
{
    // The form must be there to receive a post; whether its link works is then decided with the post.
    private bool _isOpen = true;
    private string? _userName;
    private string? _hint;
    private ChosenPassword? _chosen;

    [Inject]
    private PasswordService Passwords { get; init; } = null!;

    [Inject]
    private LinkCookie Cookie { get; init; } = null!;

    [Inject]
    public required OneTimeLinks Links { get; init; }

    private string? Token => Cookie.Read(HttpContext, LinkPurpose.SetPassword);

    protected override async Task OnInitializedAsync()
    {
        if (!IsPost && HttpContext.Request.QueryString.HasValue)
        {
            if (await Cookie.AcceptAsync(HttpContext, Query("token"), LinkPurpose.SetPassword, Aborted))
                Navigation.NavigateTo(PortalUrls.SetPassword);
            else
                Close();
            return;
        }
        OneTimeLink? link = await Links.FindAsync(Token, LinkPurpose.SetPassword, Aborted);
        if (link is null && !IsPost)
            Close();
        if (link?.UserId is not { } userId)
            return;
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        _userName = await db.Users.Where(user => user.Id == userId).Select(user => user.UserName).SingleOrDefaultAsync(Aborted);
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        string password = Field("password");
        Result<ChosenPassword> chosen = await Passwords.ChooseByLinkAsync(Visitor, Token, LinkPurpose.SetPassword, password, Aborted);
        if (chosen.Error is { } error)
        {
            if (error == PasswordService.LinkInvalid)
                Close();
            else
                Refuse(error, error == PasswordService.Overloaded ? StatusCodes.Status503ServiceUnavailable : null);
            return;
        }
        Cookie.Clear(HttpContext, LinkPurpose.SetPassword);
        _chosen = chosen.Value;
        _hint = PasswordHints.Of(password);
    }

    private void Close()
    {
        _isOpen = false;
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
