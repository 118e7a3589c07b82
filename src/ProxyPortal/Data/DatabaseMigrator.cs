using Microsoft.EntityFrameworkCore;
using ProxyPortal.Hosting;

namespace ProxyPortal.Data;

/// <summary>Brings the database to this release's model. Refuses one that a newer release has already changed.</summary>
internal sealed partial class DatabaseMigrator(IDbContextFactory<PortalDbContext> contexts, ILogger<DatabaseMigrator> log)
{
    /// <exception cref="StartRefusedException">The database belongs to a newer release.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IEnumerable<string> known = db.Database.GetMigrations();
        IEnumerable<string> applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.Except(known).FirstOrDefault() is { } newer)
            throw new StartRefusedException($"The database was changed by a newer release (migration {newer}). Start that release, or restore a backup made by this one.");
        // Asked first, because even a migration with nothing to do takes EF's lock row, and a kill in that moment would leave it behind.
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        await ClearLeftOverLockAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>On SQLite, EF's migration lock is a row without a time limit: one left by a killed process would hang every later
    /// start for ever. The caller holds the data directory's own lock, so no other process of ours can be migrating.</summary>
    private async Task ClearLeftOverLockAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite() || !await db.Database.CanConnectAsync(cancellationToken))
            return;
        List<string> tables = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").ToListAsync(cancellationToken);
        if (tables.Count > 0 && await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken) > 0)
            LogLeftOverLock();
    }

    [LoggerMessage(6000, LogLevel.Warning, "Removed a migration lock that a stopped process had left behind.")]
    private partial void LogLeftOverLock();
}
