using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ProxyPortal.Data;

namespace ProxyPortal.Verification.Events;

/// <summary>Writes events and counts in the words of both databases, past the change tracker: thousands of rows in one short transaction.</summary>
internal sealed class EventStore(IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits)
{
    private static readonly string[] EventColumns =
    [
        "id", "last_id", "first_at", "last_at", "user_id", "device_id", "login", "proxy_id", "proxy_name", "endpoint_id", "endpoint_name", "source", "scheme", "reason",
        "count", "from_memory", "served_stale", "latency_sum_microseconds", "latency_max_microseconds",
    ];

    private static readonly string[] RollupColumns =
        ["span", "start", "proxy_id", "endpoint_id", "reason", "scheme", "count", "from_memory", "latency_sum_microseconds", "latency_max_microseconds"];

    // The row holds sums: the later one is the right one.
    private const string EventConflict = """
        ON CONFLICT (id) DO UPDATE SET last_id = excluded.last_id, last_at = excluded.last_at, first_at = excluded.first_at, count = excluded.count,
        from_memory = excluded.from_memory, latency_sum_microseconds = excluded.latency_sum_microseconds, latency_max_microseconds = excluded.latency_max_microseconds
        """;

    // Other nodes count into the same row.
    private const string RollupConflict = """
        ON CONFLICT (span, start, proxy_id, endpoint_id, reason, scheme) DO UPDATE SET count = verification_rollups.count + excluded.count,
        from_memory = verification_rollups.from_memory + excluded.from_memory,
        latency_sum_microseconds = verification_rollups.latency_sum_microseconds + excluded.latency_sum_microseconds,
        latency_max_microseconds = CASE WHEN excluded.latency_max_microseconds > verification_rollups.latency_max_microseconds
            THEN excluded.latency_max_microseconds ELSE verification_rollups.latency_max_microseconds END
        """;

    /// <summary>Stores all of the batch or nothing of it.</summary>
    public Task WriteAsync(EventBatch batch, CancellationToken cancellationToken) => RunAsync(async (connection, transaction) =>
    {
        await InsertAsync(connection, transaction, "verification_events", EventColumns, batch.Events.Select(due => ValuesOf(due.Row)), EventConflict, cancellationToken);
        await InsertAsync(connection, transaction, "verification_rollups", RollupColumns, batch.Rollups.Rows.Select(ValuesOf), RollupConflict, cancellationToken);
    }, cancellationToken);

    /// <summary>Writes when users and devices were last used. Directly: the columns are bookkeeping, of which the directory need not learn.</summary>
    public Task WriteUsesAsync(IReadOnlyCollection<KeyValuePair<Guid, UserUse>> users, IReadOnlyCollection<KeyValuePair<Guid, DeviceUse>> devices, CancellationToken cancellationToken) =>
        RunAsync(async (connection, transaction) =>
        {
            await using DbCommand user = Command(connection, transaction, "UPDATE users SET last_used_at = @p0 WHERE id = @p1 AND (last_used_at IS NULL OR last_used_at < @p0)");
            foreach ((Guid id, UserUse use) in users)
                await ExecuteAsync(user, [use.LastAt, id], cancellationToken);
            await using DbCommand refused = Command(connection, transaction, "UPDATE devices SET last_address = @p0, last_reason = @p1 WHERE id = @p2");
            await using DbCommand used = Command(connection, transaction,
                "UPDATE devices SET last_address = @p0, last_reason = @p1, last_used_at = CASE WHEN last_used_at > @p3 THEN last_used_at ELSE @p3 END WHERE id = @p2");
            foreach ((Guid id, DeviceUse use) in devices)
            {
                if (use.AcceptedAt is { } at)
                    await ExecuteAsync(used, [use.Address, (int)use.Reason, id, at], cancellationToken);
                else
                    await ExecuteAsync(refused, [use.Address, (int)use.Reason, id], cancellationToken);
            }
        }, cancellationToken);

    /// <summary>Runs in one transaction, when it is this one's turn to write.</summary>
    internal async Task RunAsync(Func<DbConnection, DbTransaction, Task> write, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await commits.EnterAsync(cancellationToken))
        {
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await write(db.Database.GetDbConnection(), transaction.GetDbTransaction());
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task InsertAsync(
        DbConnection connection, DbTransaction transaction, string table, string[] columns, IEnumerable<object?[]> rows, string conflict, CancellationToken cancellationToken)
    {
        // A row at a time by one command, which SQLite compiles once: it looks parameters up by name, one after the other, so many rows at once cost it the
        // square of their number.
        string parameters = string.Join(", ", Enumerable.Range(0, columns.Length).Select(number => $"@p{number}"));
        await using DbCommand insert = Command(connection, transaction, $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({parameters}) {conflict}");
        foreach (object?[] row in rows)
            await ExecuteAsync(insert, row, cancellationToken);
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql)
    {
        DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Put together from names of our own; every value is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        return command;
    }

    private static Task<int> ExecuteAsync(DbCommand command, object?[] values, CancellationToken cancellationToken)
    {
        for (int i = command.Parameters.Count; i < values.Length; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }
        for (int i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static object?[] ValuesOf(VerificationEvent one) =>
    [
        one.Id, one.LastId, one.FirstAt.UtcTicks, one.LastAt.UtcTicks, one.UserId, one.DeviceId, one.Login, one.ProxyId, one.ProxyName, one.EndpointId, one.EndpointName,
        one.Source, (int)one.Scheme, (int)one.Reason, one.Count, one.FromMemory, one.ServedStale, one.LatencySumMicroseconds, one.LatencyMaxMicroseconds,
    ];

    private static object?[] ValuesOf(VerificationRollup rollup) =>
    [
        (int)RollupSpan.Minute, rollup.Start.UtcTicks, rollup.ProxyId, rollup.EndpointId, (int)rollup.Reason, (int)rollup.Scheme, rollup.Count, rollup.FromMemory,
        rollup.LatencySumMicroseconds, rollup.LatencyMaxMicroseconds,
    ];
}
