using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Credentials;

/// <summary>A user's password as it was stored before it was replaced.</summary>
internal sealed record FormerPassword(string Stored, DateTimeOffset ReplacedAt);

/// <summary>Looks up replaced passwords when one is needed: to keep a million of them in memory would serve nobody.</summary>
internal sealed class FormerPasswords(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>The latest <paramref name="count"/> of a user, latest first.</summary>
    public async Task<IReadOnlyList<FormerPassword>> LatestAsync(Guid userId, int count, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FormerSecrets.AsNoTracking().Where(secret => secret.UserId == userId && secret.DeviceId == null)
            .OrderByDescending(secret => secret.ReplacedAt).ThenByDescending(secret => secret.Id).Take(count)
            .Select(secret => new FormerPassword(secret.Stored, secret.ReplacedAt)).ToListAsync(cancellationToken);
    }
}
