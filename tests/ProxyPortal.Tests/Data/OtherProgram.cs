using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProxyPortal.Data;

namespace ProxyPortal.Tests.Data;

/// <summary>Another program that works on the portal's database.</summary>
internal static class OtherProgram
{
    /// <summary>Keeps everyone else from writing users until <paramref name="db"/> is disposed of. SQLite's patience is the portal's own;
    /// PostgreSQL's is an operator's to set, here for all connections to come.</summary>
    public static async Task HoldUsersAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsNpgsql())
        {
            await db.Database.BeginTransactionAsync(cancellationToken);
            return;
        }
        await db.Database.ExecuteSqlRawAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = 200', current_database()); END $$", cancellationToken);
        NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
        await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
    }
}
