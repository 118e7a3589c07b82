using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProxyPortal.Data;

/// <summary>One command for many rows, within the transaction of a context: all of them sent at once where the database takes that, otherwise prepared once.</summary>
internal static class RepeatedCommand
{
    public static string Parameter(int number) => FormattableString.Invariant($"@p{number}");

    /// <param name="db">In a transaction.</param>
    /// <param name="sql">With a <see cref="Parameter"/> for each value.</param>
    /// <param name="rows">The values of each row.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether each reached exactly one row.</returns>
    /// <exception cref="DbUpdateException">As when EF saves.</exception>
    public static async Task<bool> RunAsync(PortalDbContext db, string sql, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken)
    {
        DbConnection connection = db.Database.GetDbConnection();
        DbTransaction transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        try
        {
            return connection.CanCreateBatch ? await SendAsync(connection, transaction, sql, rows, cancellationToken) : await RunPreparedAsync(connection, transaction, sql, rows, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new DbUpdateException("A row could not be saved.", exception);
        }
    }

    private static async Task<bool> SendAsync(DbConnection connection, DbTransaction transaction, string sql, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken)
    {
        await using DbBatch batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (object?[] values in rows)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
            command.CommandText = sql;
            for (int i = 0; i < values.Length; i++)
                command.Parameters.Add(Named(command.CreateParameter(), i, values[i]));
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands.All(command => command.RecordsAffected == 1);
    }

    private static async Task<bool> RunPreparedAsync(DbConnection connection, DbTransaction transaction, string sql, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        bool isEachOne = true;
        foreach (object?[] values in rows)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (i == command.Parameters.Count)
                    command.Parameters.Add(Named(command.CreateParameter(), i, null));
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            }
            isEachOne &= await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        return isEachOne;
    }

    private static DbParameter Named(DbParameter parameter, int number, object? value)
    {
        (parameter.ParameterName, parameter.Value) = (Parameter(number), value ?? DBNull.Value);
        return parameter;
    }
}
