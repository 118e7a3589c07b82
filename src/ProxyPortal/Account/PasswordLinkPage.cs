using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;

namespace ProxyPortal.Account;

/// <summary>What the pages share on which a link lets somebody choose a password: a new password uses the link up.</summary>
public abstract class PasswordLinkPage : LinkPage
{
    [Inject]
    private PasswordService Passwords { get; init; } = null!;

    protected string? UserName { get; private set; }

    protected int MinLength { get; private set; }

    protected override async Task ReadAsync(OneTimeLink link)
    {
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        UserName = await db.Users.Where(user => user.Id == link.UserId).Select(user => user.UserName).SingleOrDefaultAsync(Aborted);
        MinLength = await Passwords.MinLengthAsync(link.UserId!.Value, Aborted);
    }

    /// <summary>Takes the password of the form; null when it was refused, which the page then shows.</summary>
    private protected async Task<ChosenPassword?> ChooseAsync()
    {
        if (!ReadForm())
            return null;
        Result<ChosenPassword> chosen = await Passwords.ChooseByLinkAsync(Visitor, Token, Purpose, Field("password"), Field("revokeDevices") == "true", Aborted);
        if (chosen.Error is { } error)
        {
            if (error == PasswordService.LinkInvalid)
                Close();
            else
                Refuse(error, error == PasswordService.Overloaded ? StatusCodes.Status503ServiceUnavailable : null);
            return null;
        }
        Forget();
        return chosen.Value;
    }
}
