using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace ProxyPortal.Data;

/// <summary>Inserts and deletes many rows of one table without tracking them, as the model maps them: by one prepared command on SQLite, by COPY or in one go on PostgreSQL.
/// Saving the same rows takes five times as long, nearly all of it in making commands that are alike.</summary>
internal static class ManyRows
{
    /// <summary>Within the caller's transaction.</summary>
    public static async Task InsertAsync(this PortalDbContext db, IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        List<RowColumn> columns = [.. type.GetProperties().Where(property => !IsNumberedByDatabase(property)).Select(RowColumn.Of)];
        string names = string.Join(", ", columns.Select(column => column.Quoted));
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await CopyAsync(postgres, $"COPY \"{type.GetTableName()}\" ({names}) FROM STDIN (FORMAT BINARY)", columns, rows, cancellationToken);
            return;
        }
        string values = string.Join(", ", columns.Select((_, i) => RepeatedCommand.Parameter(i)));
        await RepeatedCommand.RunAsync(db, $"INSERT INTO \"{type.GetTableName()}\" ({names}) VALUES ({values})", [.. rows.Select(row => (object?[])[.. columns.Select(column => column.Read(row))])], cancellationToken);
    }

    /// <summary>Within the caller's transaction, by their keys; what is gone already is no error.</summary>
    public static Task DeleteAsync(this PortalDbContext db, IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return Task.CompletedTask;
        List<RowColumn> keys = [.. type.FindPrimaryKey()!.Properties.Select(RowColumn.Of)];
        string wheres = string.Join(" AND ", keys.Select((column, i) => $"{column.Quoted} = {RepeatedCommand.Parameter(i)}"));
        return RepeatedCommand.RunAsync(db, $"DELETE FROM \"{type.GetTableName()}\" WHERE {wheres}", [.. rows.Select(row => (object?[])[.. keys.Select(column => column.Read(row))])], cancellationToken);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string sql, List<RowColumn> columns, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        try
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
        catch (DbException exception)
        {
            throw new DbUpdateException("New rows could not be saved.", exception);
        }
    }

    // Nobody asks for these numbers; where the program numbers itself, the rows have them already.
    private static bool IsNumberedByDatabase(IProperty property) => property.IsPrimaryKey() && property.ValueGenerated is ValueGenerated.OnAdd && property.DeclaringType.ClrType == typeof(DirectoryChange);
}
