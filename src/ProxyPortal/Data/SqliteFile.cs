using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Hosting;

namespace ProxyPortal.Data;

/// <summary>What is known of SQLite database files without EF: where ours is, and whether one is whole.</summary>
internal static class SqliteFile
{
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("SQLite format 3\0");

    /// <exception cref="StartRefusedException">The database is not a SQLite file.</exception>
    public static string Of(PortalDbContext db, string instead)
    {
        if (!db.Database.IsSqlite())
            throw new StartRefusedException($"This portal keeps its data in PostgreSQL. Use {instead}.");
        return Find(db) ?? throw new StartRefusedException("The database is in memory only.");
    }

    /// <summary>The file of a SQLite database; null for any other.</summary>
    public static string? Find(PortalDbContext db)
    {
        if (!db.Database.IsSqlite())
            return null;
        var connection = new SqliteConnectionStringBuilder(db.Database.GetConnectionString());
        return connection.Mode is SqliteOpenMode.Memory || connection.DataSource is "" or ":memory:" ? null : Path.GetFullPath(connection.DataSource);
    }

    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 3 }.ToString());
        connection.Open();
        return connection;
    }

    public static bool HasMagic(string file)
    {
        Span<byte> start = stackalloc byte[16];
        using FileStream stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Magic);
    }

    /// <summary>What is broken, or null. Reads all of the file.</summary>
    public static string? FindDamage(SqliteConnection connection)
    {
        string integrity = Rows(connection, "PRAGMA integrity_check").First();
        if (integrity != "ok")
            return integrity;
        return Rows(connection, "PRAGMA foreign_key_check").Any() ? "rows refer to rows that do not exist" : null;
    }

    public static IEnumerable<string> Rows(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // All texts are constants of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader.GetString(0);
    }

    public static void Execute(SqliteConnection connection, string sql) => _ = Rows(connection, sql).Count();

    /// <summary>Makes an empty file that only its owner can read, to be filled.</summary>
    public static void CreatePrivate(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
    }

    public static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }
}
