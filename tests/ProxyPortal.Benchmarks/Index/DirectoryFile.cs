using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Benchmarks.Index;

/// <summary>
/// Fills a database quickly: one user and one device are written by the product's own model, the others are copies that the
/// database makes of those rows.
/// </summary>
internal static class DirectoryFile
{
    private const string UserId = "printf('01990000-0000-7000-8000-%012X', {0})";
    private const string DeviceId = "printf('01990000-0000-7000-9000-%012X', {0})";

    /// <summary>The first user; the others are user1, user2, …, each with the devices laptop0, laptop1, ….</summary>
    public static Guid First { get; } = Guid.Parse("01990000-0000-7000-8000-000000000000");

    /// <param name="contexts">A migrated, empty SQLite database.</param>
    /// <param name="users">How many users in all.</param>
    /// <param name="devices">Devices of each.</param>
    /// <param name="digest">The digest of every device's secret; null for random ones.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="columns">In which further columns users differ, as SQL over their number <c>i</c>.</param>
    public static async Task FillAsync(IDbContextFactory<PortalDbContext> contexts, int users, int devices, byte[]? digest, CancellationToken cancellation, params (string Column, string Value)[] columns)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellation);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        db.Users.Add(new User
        {
            Id = First,
            UserName = "user0",
            NormalizedUserName = "user0",
            DisplayName = "User 0",
            PasswordHash = "$pp1$argon2id$v=19$m=19456,t=2,p=1$" + new string('A', 22) + "$" + new string('B', 43),
            SecurityStamp = "x",
        });
        if (devices > 0)
            db.Devices.Add(new Devices.Device { Id = Guid.Parse("01990000-0000-7000-9000-000000000000"), UserId = First, Name = "laptop0", SecretDigest = digest ?? SecretDigests.OfKey("x") });
        await db.SaveChangesAsync(cancellation);
        await db.Database.OpenConnectionAsync(cancellation);
        // A file that is thrown away after the run need not survive a power cut.
        await ExecuteAsync(db, "PRAGMA synchronous=OFF", cancellation);
        await CopyAsync(db, "users", users, cancellation, [("id", Invariant(UserId, "i")), ("user_name", "'user' || i"), ("normalized_user_name", "'user' || i"), .. columns]);
        if (devices > 0)
            await CopyAsync(db, "devices", users * devices, cancellation, ("id", Invariant(DeviceId, "i")), ("user_id", Invariant(UserId, $"i / {devices}")),
                ("name", $"'laptop' || (i % {devices})"), ("secret_digest", digest is null ? "randomblob(32)" : $"X'{Convert.ToHexString(digest)}'"));
    }

    /// <summary>Makes the first <paramref name="count"/> users members of a group.</summary>
    public static async Task JoinAsync(PortalDbContext db, Guid group, int count, CancellationToken cancellation) => await ExecuteAsync(db,
        $"INSERT INTO group_members (groups_id, users_id) SELECT '{group.ToString().ToUpperInvariant()}', id FROM users ORDER BY id LIMIT {count}", cancellation);

    private static async Task CopyAsync(PortalDbContext db, string table, int count, CancellationToken cancellation, params (string Column, string Value)[] changed)
    {
        List<string> columns = await db.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table})").ToListAsync(cancellation);
        IEnumerable<string> values = columns.Select(column => changed.FirstOrDefault(one => one.Column == column).Value ?? $"original.{column}");
        await ExecuteAsync(db, $"""
            WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < {count})
            INSERT INTO {table} ({string.Join(", ", columns)})
            SELECT {string.Join(", ", values)} FROM number, (SELECT * FROM {table} LIMIT 1) AS original WHERE i < {count}
            """, cancellation);
    }

    private static async Task ExecuteAsync(PortalDbContext db, string sql, CancellationToken cancellation)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Invariant(string format, string value) => string.Format(CultureInfo.InvariantCulture, format, value);
}
