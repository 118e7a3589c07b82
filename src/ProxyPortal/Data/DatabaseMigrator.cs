using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Hosting;

namespace ProxyPortal.Data;

/// <summary>Brings the database to this release's model. Refuses one that a newer release has already changed.</summary>
internal sealed partial class DatabaseMigrator(IDbContextFactory<PortalDbContext> contexts, DataDirectory data, ILogger<DatabaseMigrator> log)
{
    /// <summary>Brings the database to this release's model. The caller holds the <see cref="DataLock"/>.</summary>
    /// <exception cref="StartRefusedException">The database belongs to a newer release.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        ClosePrivately(db);
        // Asked first, because even a migration with nothing to do takes EF's lock row, and a kill in that moment would leave it behind.
        if (await CountPendingAsync(db, cancellationToken) == 0)
            return;
        await ClearLeftOverLockAsync(db, cancellationToken);
        await SaveCopyAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    // SQLite makes its log files with the mode of the database file, so the file must be private before it is opened.
    private static void ClosePrivately(PortalDbContext db)
    {
        if (!db.Database.IsSqlite() || new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) is not { DataSource: { Length: > 0 } file, Mode: SqliteOpenMode.ReadWriteCreate } || file == ":memory:" || file.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return;
        PrivateFiles.Create(file);
        PrivateFiles.Tighten(file + "-wal");
        PrivateFiles.Tighten(file + "-shm");
    }

    /// <exception cref="StartRefusedException">The database belongs to a newer release.</exception>
    public async Task<int> CountPendingAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await CountPendingAsync(db, cancellationToken);
    }

    private static async Task<int> CountPendingAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        List<string> known = [.. db.Database.GetMigrations()];
        List<string> applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken)];
        if (applied.Except(known).FirstOrDefault() is { } newer)
            throw new StartRefusedException($"The database was changed by a newer release (migration {newer}). Start that release, or restore a backup made by this one.");
        return known.Except(applied).Count();
    }

    // SQLite rebuilds tables in several steps that are not one transaction: a kill or a full disk between them needs a way back.
    private async Task SaveCopyAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite() || (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault() is not { } present)
            return;
        string folder = Directory.CreateDirectory(Path.Combine(data.Path, "backups")).FullName;
        string copy = Path.Combine(folder, $"before-migration-from-{present}.db");
        SqliteCopy.Write(SqliteFile.Of(db, "pg_dump"), copy);
        LogCopySaved(copy);
    }

    /// <summary>On SQLite, EF's migration lock is a row without a time limit: one left by a killed process would hang every later
    /// start for ever. The caller holds the <see cref="DataLock"/>, so no other process of ours can be migrating.</summary>
    private async Task ClearLeftOverLockAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite() || !await db.Database.CanConnectAsync(cancellationToken))
            return;
        List<string> tables = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").ToListAsync(cancellationToken);
        if (tables.Count > 0 && await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken) > 0)
            LogLeftOverLock();
    }

    [LoggerMessage(5000, LogLevel.Warning, "Removed a migration lock that a stopped process had left behind.")]
    private partial void LogLeftOverLock();

    [LoggerMessage(5001, LogLevel.Information, "Saved the database to {File} before migrating; if the migration fails, restore that file.")]
    private partial void LogCopySaved(string file);
}
