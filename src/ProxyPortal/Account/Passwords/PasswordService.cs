using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Links;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Passwords;

/// <summary>A password was chosen: for whom.</summary>
internal sealed record ChosenPassword(Guid UserId, string UserName, PortalRole Role);

/// <summary>People choosing their own password: by a link, or signed in. Everything that a password opens ends when it changes.</summary>
internal sealed class PasswordService(
    IDbContextFactory<PortalDbContext> contexts, OneTimeLinks links, PasswordWork work, FormerPasswords formerPasswords, SettingsService settings, AuditTrail audit, TimeProvider time)
{
    private const int Attempts = 3;

    public static Error LinkInvalid { get; } = new("link_invalid", "This link is invalid or has expired.");

    public static Error Overloaded { get; } = new("overloaded", "The portal is busy at this moment. Try again in a few seconds.");

    /// <summary>Sets the password and uses the link up, in one act. A password that is not good enough, and a failure to save, leave the
    /// link as it was. Errors: <c>link_invalid</c>, <c>password_invalid</c>, <c>overloaded</c>.</summary>
    /// <param name="actor">From where.</param>
    /// <param name="token">The link's.</param>
    /// <param name="purpose">What the link is for.</param>
    /// <param name="password">The new one.</param>
    /// <param name="revokeDevices">Whether all devices of the user end with it: what was stolen may hold their secrets, too.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Result<ChosenPassword>> ChooseByLinkAsync(Actor actor, string? token, LinkPurpose purpose, string password, bool revokeDevices, CancellationToken cancellationToken)
    {
        string? hash = null;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await links.FindAsync(token, purpose, cancellationToken) is not { UserId: { } userId } link)
                return LinkInvalid;
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            User user = await db.Users.SingleAsync(row => row.Id == userId, cancellationToken);
            if (await CheckAsync(db, user, password, cancellationToken) is { } weak)
                return weak;
            hash ??= await work.HashAsync(password, cancellationToken);
            if (hash is null)
                return Overloaded;
            db.OneTimeLinks.Attach(link).Entity.UsedAt = time.GetUtcNow();
            try
            {
                if (revokeDevices)
                    await RevokeDevicesAsync(db, actor with { Id = user.Id, Name = user.UserName! }, user, cancellationToken);
                await SaveAsync(db, actor with { Id = user.Id, Name = user.UserName! }, user, hash, link.Id, cancellationToken);
                return new ChosenPassword(user.Id, user.UserName!, user.Role);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Someone used the link at the same moment, or an administrator saved the user: looking again tells which.
            }
        }
        return LinkInvalid;
    }

    /// <summary>Changes the password of a signed-in person whose present one was proved; all sessions end, and the
    /// caller starts this browser's anew.</summary>
    public async Task<Result> ChangeAsync(Actor actor, Guid userId, string password, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            User user = await db.Users.SingleAsync(row => row.Id == userId, cancellationToken);
            if (await CheckAsync(db, user, password, cancellationToken) is { } weak)
                return weak;
            if (await work.HashAsync(password, cancellationToken) is not { } hash)
                return Overloaded;
            try
            {
                await SaveAsync(db, actor, user, hash, null, cancellationToken);
                return Result.Success;
            }
            catch (DbUpdateConcurrencyException)
            {
            }
        }
        return UserService.Conflict;
    }

    /// <summary>Characters that the policy of this person asks of the next password.</summary>
    public async Task<int> MinLengthAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await PasswordDemands.OfAsync(db, userId, cancellationToken)).MinCodePoints;
    }

    // By the rules for everyone, and by those of the user's policies.
    private async Task<Error?> CheckAsync(PortalDbContext db, User user, string password, CancellationToken cancellationToken)
    {
        PasswordDemands demands = await PasswordDemands.OfAsync(db, user.Id, cancellationToken);
        if (PasswordRules.Check(password, demands.MinCodePoints, ContextOf(user)) is { } weak)
            return weak;
        if (demands.History == 0)
            return null;
        IReadOnlyList<FormerPassword> former = await formerPasswords.LatestAsync(user.Id, demands.History - 1, cancellationToken);
        foreach (string stored in former.Select(row => row.Stored).Prepend(user.PasswordHash).OfType<string>())
        {
            if (await work.CompareAsync(user.UserName!, stored, password, cancellationToken) is not { } match)
                return Overloaded;
            if (match is SecretMatch.Match or SecretMatch.MatchRehashNeeded)
                return Error.Of("password_invalid", $"You had this password before. Choose one that is not among your last {demands.History}.", "password");
        }
        return null;
    }

    /// <summary>Words that the account's password may not be built from.</summary>
    public IEnumerable<string?> ContextOf(User user) =>
        [user.UserName, user.Email?.Split('@')[0], .. user.DisplayName.Split(' '), settings.Current.OrganisationName];

    private async Task RevokeDevicesAsync(PortalDbContext db, Actor actor, User user, CancellationToken cancellationToken)
    {
        foreach (Device device in await db.Devices.Include(row => row.User).Where(row => row.UserId == user.Id && row.State != DeviceState.Revoked).ToListAsync(cancellationToken))
        {
            (device.State, device.DecidedAt, device.DecidedBy) = (DeviceState.Revoked, time.GetUtcNow(), actor.Name);
            audit.Add(db, actor, AuditAction.DeviceRevoked, DeviceDesk.TargetOf(device));
        }
        db.OneTimeLinks.RemoveRange(await db.OneTimeLinks.Where(link => link.UserId == user.Id && link.DeviceId != null && link.UsedAt == null).ToListAsync(cancellationToken));
    }

    private async Task SaveAsync(PortalDbContext db, Actor actor, User user, string hash, Guid? usedLink, CancellationToken cancellationToken)
    {
        user.PasswordHash = hash;
        user.PasswordVersion++;
        (user.MustChangePassword, user.PasswordRevokedAt) = (false, null);
        user.PasswordSetAt = time.GetUtcNow();
        // Open pages compare it: they end too.
        user.SecurityStamp = Guid.CreateVersion7().ToString();
        db.OneTimeLinks.RemoveRange(await db.OneTimeLinks.Where(row => row.UserId == user.Id && row.DeviceId == null && row.Purpose != LinkPurpose.UndoMail && row.UsedAt == null && row.Id != usedLink).ToListAsync(cancellationToken));
        db.SignInSessions.RemoveRange(await db.SignInSessions.Where(row => row.UserId == user.Id).ToListAsync(cancellationToken));
        audit.Add(db, actor, AuditAction.PasswordSet, new AuditTarget("user", user.Id, user.UserName!));
        await db.SaveChangesAsync(cancellationToken);
    }
}
