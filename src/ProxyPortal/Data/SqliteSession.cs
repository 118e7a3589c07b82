using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProxyPortal.Data;

/// <summary>Settings of every SQLite connection. FULL: an acknowledged change survives a power cut, not only a crash. Journals of statements in memory, and 16 MiB of
/// pages instead of 2.</summary>
internal sealed class SqliteSession : DbConnectionInterceptor
{
    private const string Room = "PRAGMA cache_size=-16384;";
    private const string RoomForAll = "PRAGMA cache_size=-131072;";
    private const string Pragmas =
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=3000; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; " + Room;

    /// <summary>Gives the context's connection 128 MiB for pages until it is disposed: a transaction that touches more pages than there is room for writes them again and
    /// again before it commits. Does nothing on other databases.</summary>
    public static async Task<IAsyncDisposable> WithRoomForAllAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
            return new Extra(null);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(RoomForAll, cancellationToken);
        return new Extra(db);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = PragmasFor(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = PragmasFor(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // EF looks whether the database exists through a connection that may only read; on a restored file, which is not in WAL mode yet,
    // the pragma would write.
    private static string PragmasFor(DbConnection connection) =>
        new SqliteConnectionStringBuilder(connection.ConnectionString).Mode is SqliteOpenMode.ReadOnly ? Pragmas : "PRAGMA journal_mode=WAL; " + Pragmas;

    // The connection goes back to the pool: its pages must go first.
    private sealed class Extra(PortalDbContext? db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (db is null)
                return;
            await db.Database.ExecuteSqlRawAsync(Room, CancellationToken.None);
            await db.Database.ExecuteSqlRawAsync("PRAGMA shrink_memory;", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }
}
