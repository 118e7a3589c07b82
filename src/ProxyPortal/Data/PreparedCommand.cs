using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProxyPortal.Data;

/// <summary>One command for many rows, within the transaction of a context.</summary>
internal sealed class PreparedCommand : IAsyncDisposable
{
    private readonly DbCommand _command;

    public PreparedCommand(PortalDbContext db, string sql, int parameters)
    {
        _command = db.Database.GetDbConnection().CreateCommand();
        _command.CommandText = sql;
        _command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        for (int i = 0; i < parameters; i++)
        {
            DbParameter parameter = _command.CreateParameter();
            parameter.ParameterName = Parameter(i);
            _command.Parameters.Add(parameter);
        }
    }

    public static string Parameter(int number) => FormattableString.Invariant($"$p{number}");

    /// <summary>Errors: <see cref="DbUpdateException"/>, as when EF saves.</summary>
    /// <returns>How many rows it reached.</returns>
    public async Task<int> RunAsync(IEnumerable<object?> values, CancellationToken cancellationToken)
    {
        int i = 0;
        foreach (object? value in values)
            _command.Parameters[i++].Value = value ?? DBNull.Value;
        try
        {
            return await _command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw new DbUpdateException("A row could not be saved.", exception);
        }
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();
}
