using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace ProxyPortal.Data;

/// <summary>Inserts many rows of one table without tracking them, as the model maps them: by one prepared command on SQLite, by COPY on PostgreSQL. Saving the
/// same rows takes five times as long, nearly all of it in making commands that are alike.</summary>
internal static class RowInsert
{
    /// <summary>Within the caller's transaction.</summary>
    public static async Task InsertAsync(this PortalDbContext db, IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        List<RowColumn> columns = [.. type.GetProperties().Where(property => !IsNumberedByDatabase(property)).Select(RowColumn.Of)];
        string names = string.Join(", ", columns.Select(column => column.Quoted));
        try
        {
            if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
                await CopyAsync(postgres, $"COPY \"{type.GetTableName()}\" ({names}) FROM STDIN (FORMAT BINARY)", columns, rows, cancellationToken);
            else
                await RunPreparedAsync(db, $"INSERT INTO \"{type.GetTableName()}\" ({names}) VALUES ({string.Join(", ", columns.Select((_, i) => PreparedCommand.Parameter(i)))})", columns, rows, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new DbUpdateException($"New rows of {type.GetTableName()} could not be saved.", exception);
        }
    }

    private static async Task RunPreparedAsync(PortalDbContext db, string sql, List<RowColumn> columns, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        await using var command = new PreparedCommand(db, sql, columns.Count);
        foreach (object row in rows)
            await command.RunAsync(columns.Select(column => column.Read(row)), cancellationToken);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string sql, List<RowColumn> columns, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);
        foreach (object row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (RowColumn column in columns)
            {
                if (column.Read(row) is { } value)
                    await copy.WriteAsync(value, column.Type, cancellationToken);
                else
                    await copy.WriteNullAsync(cancellationToken);
            }
        }
        await copy.CompleteAsync(cancellationToken);
    }

    // Nobody asks for these numbers; where the program numbers itself, the rows have them already.
    private static bool IsNumberedByDatabase(IProperty property) => property.IsPrimaryKey() && property.ValueGenerated is ValueGenerated.OnAdd && property.DeclaringType.ClrType == typeof(DirectoryChange);
}
