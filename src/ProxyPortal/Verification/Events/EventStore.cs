using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ProxyPortal.Data;

namespace ProxyPortal.Verification.Events;

/// <summary>Writes events and counts in the words of both databases, past the change tracker: thousands of rows in one short transaction.</summary>
internal sealed class EventStore(IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits)
{
    private const int RowsPerCommand = 50;

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
    public async Task WriteUsesAsync(IReadOnlyDictionary<Guid, long> users, IReadOnlyDictionary<Guid, DeviceUse> devices, CancellationToken cancellationToken)
    {
        foreach (KeyValuePair<Guid, long>[] some in users.Chunk(500))
        {
            await RunAsync(async (connection, transaction) =>
            {
                await using DbCommand update = Command(connection, transaction, "UPDATE users SET last_used_at = @p0 WHERE id = @p1 AND (last_used_at IS NULL OR last_used_at < @p0)");
                foreach ((Guid id, long at) in some)
                    await ExecuteAsync(update, [at, id], cancellationToken);
            }, cancellationToken);
        }
        foreach (KeyValuePair<Guid, DeviceUse>[] some in devices.Chunk(500))
        {
            await RunAsync(async (connection, transaction) =>
            {
                await using DbCommand last = Command(connection, transaction, "UPDATE devices SET last_address = @p0, last_reason = @p1 WHERE id = @p2");
                await using DbCommand used = Command(connection, transaction, "UPDATE devices SET last_used_at = @p0 WHERE id = @p1 AND (last_used_at IS NULL OR last_used_at < @p0)");
                foreach ((Guid id, DeviceUse use) in some)
                {
                    await ExecuteAsync(last, [(object?)use.Address ?? DBNull.Value, (int)use.Reason, id], cancellationToken);
                    if (use.AcceptedAt is { } at)
                        await ExecuteAsync(used, [at, id], cancellationToken);
                }
            }, cancellationToken);
        }
    }

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
        foreach (object?[][] some in rows.Chunk(RowsPerCommand))
        {
            var sql = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
            for (int row = 0; row < some.Length; row++)
            {
                sql.Append(row == 0 ? "(" : ", (");
                sql.AppendJoin(", ", Enumerable.Range(row * columns.Length, columns.Length).Select(number => $"@p{number}"));
                sql.Append(')');
            }
            await using DbCommand insert = Command(connection, transaction, sql.Append(' ').Append(conflict).ToString());
            await ExecuteAsync(insert, [.. some.SelectMany(values => values)], cancellationToken);
        }
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
