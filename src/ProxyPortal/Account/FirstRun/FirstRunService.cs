using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Account.FirstRun;

/// <summary>What the first administrator says of themselves, with a password or a passkey.</summary>
internal sealed record FirstAdministrator(string UserId, string DisplayName, string? Email, string? Password, FirstPasskey? Passkey = null);

/// <summary>The first run: there is no default account, only a link on the console that makes one administrator, once.</summary>
internal sealed class FirstRunService(
    IDbContextFactory<PortalDbContext> contexts, OneTimeLinks links, PasswordWork work, SettingsService settings, AuditTrail audit, ILookupNormalizer normalizer, TimeProvider time)
{
    /// <summary>Whether the portal has an administrator; then no set-up link works any more.</summary>
    public async Task<bool> HasAdministratorAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(user => user.Role == PortalRole.Administrator && user.DeletedAt == null, cancellationToken);
    }

    public async Task<bool> IsOpenAsync(string? token, CancellationToken cancellationToken) =>
        await links.FindAsync(token, LinkPurpose.Setup, cancellationToken) is not null && !await HasAdministratorAsync(cancellationToken);

    /// <summary>A new set-up link; earlier unused ones stop working.</summary>
    public async Task<IssuedLink> IssueLinkAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        db.OneTimeLinks.RemoveRange(await db.OneTimeLinks.Where(row => row.Purpose == LinkPurpose.Setup && row.UsedAt == null).ToListAsync(cancellationToken));
        IssuedLink link = links.Add(db, LinkPurpose.Setup, null);
        await db.SaveChangesAsync(cancellationToken);
        return link;
    }

    /// <summary>Creates the administrator and uses the link up, in one act. Errors: <c>link_invalid</c>, <c>overloaded</c>, and those
    /// of the fields.</summary>
    public async Task<Result<User>> CreateAdministratorAsync(Actor actor, string? token, FirstAdministrator input, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(token, LinkPurpose.Setup, cancellationToken) is not { } link || await HasAdministratorAsync(cancellationToken))
            return PasswordService.LinkInvalid;
        Result<string> userId = UserId.Create(input.UserId);
        var fields = new UserInput { UserId = input.UserId, DisplayName = input.DisplayName, Email = input.Email, Role = PortalRole.Administrator };
        if ((userId.Error ?? UserInputRules.Check(fields)
            ?? (input.Passkey is not null ? null : PasswordRules.Check(input.Password ?? "", [userId.Value, input.Email?.Split('@')[0], .. input.DisplayName.Split(' '), settings.Current.OrganisationName]))) is { } fault)
            return fault;
        string? hash = null;
        if (input.Passkey is null && (hash = await work.HashAsync(input.Password!, cancellationToken)) is null)
            return PasswordService.Overloaded;
        User user = Create(input.Passkey?.UserId ?? Guid.CreateVersion7(), userId.Value, fields, hash);
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        db.OneTimeLinks.Attach(link).Entity.UsedAt = time.GetUtcNow();
        db.Users.Add(user);
        if (input.Passkey is not null)
            db.Set<IdentityUserPasskey<Guid>>().Add(input.Passkey.ToRow());
        var target = new AuditTarget("user", user.Id, user.UserName!);
        audit.Add(db, actor with { Name = "set-up link" }, AuditAction.UserCreated, target, after: new { user.UserName, user.DisplayName, user.Email, Role = user.Role.ToString() });
        if (input.Passkey is not null)
            audit.Add(db, actor with { Name = "set-up link" }, AuditAction.PasskeyAdded, target, after: new { input.Passkey.Passkey.Name });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return PasswordService.LinkInvalid;
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            return new Error("userId_taken", $"There is already a user {user.UserName}.", "userId");
        }
        return user;
    }

    private User Create(Guid id, string userId, UserInput input, string? hash)
    {
        DateTimeOffset now = time.GetUtcNow();
        string name = input.DisplayName.Trim();
        string? mail = string.IsNullOrWhiteSpace(input.Email) ? null : input.Email.Trim();
        return new User
        {
            Id = id,
            UserName = userId,
            NormalizedUserName = userId,
            DisplayName = name.Length > 0 ? name : userId,
            Email = mail,
            NormalizedEmail = normalizer.NormalizeEmail(mail),
            Role = PortalRole.Administrator,
            CreatedAt = now,
            PasswordHash = hash,
            PasswordVersion = hash is null ? 0 : 1,
            PasswordSetAt = hash is null ? null : now,
            SecurityStamp = Guid.CreateVersion7().ToString(),
        };
    }
}
