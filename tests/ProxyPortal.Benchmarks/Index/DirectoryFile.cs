using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Benchmarks.Index;

/// <summary>Fills a database quickly: one user is written by the product's own model, the others are copies of that row.</summary>
internal static class DirectoryFile
{
    /// <returns>The id of the first user.</returns>
    public static async Task<Guid> FillAsync(IDbContextFactory<PortalDbContext> contexts, int users, int devices, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var first = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = "user0",
            NormalizedUserName = "user0",
            DisplayName = "User 0",
            PasswordHash = "$pp1$argon2id$v=19$m=19456,t=2,p=1$" + new string('A', 22) + "$" + new string('B', 43),
            SecurityStamp = "x",
        };
        db.Users.Add(first);
        db.Devices.Add(new Devices.Device { UserId = first.Id, Name = "device0", SecretDigest = SecretDigests.OfKey("x") });
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await CopyAsync(db, "users", "where user_name = 'user0'", users - 1,
            (column, n) => column switch { "id" => Id(), "user_name" or "normalized_user_name" => Invariant($"user{n}"), _ => null }, cancellationToken);
        if (devices > 0)
            await CopyDevicesAsync(db, devices, cancellationToken);
        return first.Id;
    }

    private static Task CopyDevicesAsync(PortalDbContext db, int devices, CancellationToken cancellationToken)
    {
        List<string> owners = [.. db.Database.SqlQueryRaw<string>("SELECT id AS Value FROM users")];
        return CopyAsync(db, "devices", "", owners.Count * devices, (column, n) => column switch
        {
            "id" => Id(),
            "user_id" => owners[n % owners.Count],
            "name" => Invariant($"laptop{n / owners.Count}"),
            "secret_digest" => RandomNumberGenerator.GetBytes(32),
            _ => null,
        }, cancellationToken);
    }

    private static async Task CopyAsync(PortalDbContext db, string table, string where, int count, Func<string, int, object?> replace, CancellationToken cancellationToken)
    {
        DbConnection connection = db.Database.GetDbConnection();
        var template = new List<(string Name, object Value)>();
        await using (DbCommand read = connection.CreateCommand())
        {
            read.CommandText = $"SELECT * FROM {table} {where} LIMIT 1";
            await using DbDataReader row = await read.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            template.AddRange(Enumerable.Range(0, row.FieldCount).Select(i => (row.GetName(i), row.GetValue(i))));
        }
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using DbCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO {table} ({string.Join(',', template.Select(c => c.Name))}) VALUES ({string.Join(',', template.Select((_, i) => Invariant($"$p{i}")))})";
        foreach ((int i, (string name, object value)) in template.Index())
        {
            DbParameter parameter = insert.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (Invariant($"$p{i}"), value);
            insert.Parameters.Add(parameter);
        }
        for (int n = 1; n <= count; n++)
        {
            foreach ((int i, (string name, object value)) in template.Index())
                insert.Parameters[i].Value = replace(name, n) ?? value;
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    private static string Id() => Guid.CreateVersion7().ToString().ToUpperInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
