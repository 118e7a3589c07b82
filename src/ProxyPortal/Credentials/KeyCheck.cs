using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Settings;

namespace ProxyPortal.Credentials;

/// <summary>Refuses to work on a database with another master key than it was made with: every password would be wrong, and what is
/// stored meanwhile would be lost when the right key comes back.</summary>
internal sealed class KeyCheck(SecretKeys keys, IDbContextFactory<PortalDbContext> contexts)
{
    private const int Attempts = 3;

    /// <exception cref="StartRefusedException">The master key is missing, or is another one.</exception>
    public async Task RequireMatchAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await MatchOrAdoptAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another portal starts on this database: what it has stored counts.
            }
        }
    }

    private async Task MatchOrAdoptAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        PortalSettings? row = await db.Settings.SingleOrDefaultAsync(cancellationToken);
        if (row?.KeyCheck is { } stored && stored.AsSpan().SequenceEqual(keys.Check))
            return;
        if (keys.WasCreated && (row?.KeyCheck is not null || await db.Users.AnyAsync(cancellationToken)))
        {
            // Left there, the new one would pass for the right one at the next start.
            keys.Forget();
            throw new StartRefusedException($"The database was made with a key that is gone: {keys.File} was missing. "
                + "Put the file back from the backup; without it no stored password can be verified.");
        }
        if (row?.KeyCheck is not null)
            throw new StartRefusedException($"The database was made with another key than the one in {keys.File}. "
                + "Put the file that belongs to this database back from the backup; with this one no stored password can be verified.");
        if (row is null)
            db.Settings.Add(row = new PortalSettings());
        row.KeyCheck = keys.Check;
        await db.SaveChangesAsync(cancellationToken);
    }
}
