using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Links;

/// <summary>A link as it is handed out, once.</summary>
/// <param name="Url">Absolute, on the public URL.</param>
/// <param name="Token">The secret part.</param>
/// <param name="ExpiresAt">When it stops working.</param>
public sealed record IssuedLink(string Url, string Token, DateTimeOffset ExpiresAt);

/// <summary>Makes links that work once, finds them without using them up, and uses them up atomically.</summary>
public sealed class OneTimeLinks(IDbContextFactory<PortalDbContext> contexts, SettingsService settings, TimeProvider time)
{
    public static TimeSpan SetupLifetime { get; } = TimeSpan.FromHours(24);

    public static TimeSpan PasswordLifetime { get; } = TimeSpan.FromHours(24);

    public static TimeSpan SignInLifetime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Adds a link to <paramref name="db"/>; it exists once that is saved.</summary>
    public IssuedLink Add(PortalDbContext db, LinkPurpose purpose, User? user)
    {
        string token = GeneratedSecret.CreateLinkToken();
        DateTimeOffset now = time.GetUtcNow();
        (string path, TimeSpan lifetime) = purpose switch
        {
            LinkPurpose.Setup => (PortalUrls.Setup, SetupLifetime),
            LinkPurpose.SetPassword => (PortalUrls.SetPassword, PasswordLifetime),
            LinkPurpose.SignIn => (PortalUrls.SignInLink, SignInLifetime),
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        };
        db.OneTimeLinks.Add(new OneTimeLink
        {
            Purpose = purpose,
            UserId = user?.Id,
            Digest = SecretDigests.OfKey(token),
            PasswordVersion = user?.PasswordVersion ?? 0,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        });
        return new IssuedLink($"{settings.Current.PublicUrl}{path}?token={token}", token, now + lifetime);
    }

    /// <summary>The link of this token if it still works, without using it up: opening a link changes nothing.</summary>
    public async Task<OneTimeLink?> FindAsync(string? token, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        if (token is not { Length: > 0 and <= 128 })
            return null;
        byte[] digest = SecretDigests.OfKey(token);
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        OneTimeLink? link = await db.OneTimeLinks.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Digest == digest && row.Purpose == purpose && row.UsedAt == null && row.ExpiresAt > now, cancellationToken);
        if (link?.UserId is not { } userId)
            return link;
        // Any password set since, a suspension and the bin make the link void.
        return await db.Users.AnyAsync(user => user.Id == userId && user.PasswordVersion == link.PasswordVersion && user.SuspendedAt == null && user.DeletedAt == null, cancellationToken)
            ? link : null;
    }

    /// <summary>Uses the link up. Of any number of simultaneous calls exactly one gets true.</summary>
    public async Task<bool> ConsumeAsync(PortalDbContext db, OneTimeLink link, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return await db.OneTimeLinks.Where(row => row.Id == link.Id && row.UsedAt == null && row.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken) == 1;
    }
}
