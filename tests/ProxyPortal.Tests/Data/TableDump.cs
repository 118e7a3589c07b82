using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using Xunit;

namespace ProxyPortal.Tests.Data;

/// <summary>Every row of every table as text: two dumps are equal exactly when nothing was written between them.</summary>
internal static class TableDump
{
    public static async Task<string> OfAsync(PortalHost server)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        DbConnection connection = db.Database.GetDbConnection();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        foreach (string table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct(StringComparer.Ordinal))
        {
            await using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of our own model.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using DbDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                rows.Add($"{table}: {string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i))))}");
        }
        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }

    private static string? Text(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        Array array => string.Join(',', array.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
