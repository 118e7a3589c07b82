using System.Globalization;
using Microsoft.Data.Sqlite;
using ProxyPortal.Hosting;

namespace ProxyPortal.Data;

/// <summary>Puts a copy in the database's place. The caller holds the <see cref="DataLock"/>.</summary>
internal sealed class SqliteRestore(string database, IReadOnlyList<string> knownMigrations, TimeProvider time)
{
    private static readonly string[] Logs = ["-wal", "-shm"];

    /// <returns>Where the replaced database is kept, or null when there was none.</returns>
    /// <exception cref="StartRefusedException">The file is no whole database of this or an earlier release; nothing was changed.</exception>
    public string? Run(string file)
    {
        Check(file);
        string temporary = database + ".new";
        SqliteFile.CreatePrivate(temporary);
        try
        {
            Prepare(file, temporary);
            string? kept = File.Exists(database) ? Keep() : null;
            File.Move(temporary, database, overwrite: true);
            return kept;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private void Check(string file)
    {
        if (!File.Exists(file))
            throw new StartRefusedException($"{file} does not exist.");
        if (!SqliteFile.HasMagic(file))
            throw new StartRefusedException($"{file} is not a SQLite database. Nothing was changed.");
        try
        {
            using SqliteConnection backup = SqliteFile.Open(file, SqliteOpenMode.ReadOnly);
            if (SqliteFile.FindDamage(backup) is { } damage)
                throw new StartRefusedException($"{file} is damaged ({damage}). Nothing was changed.");
            string[] applied = [.. SqliteFile.Rows(backup, "SELECT \"migration_id\" FROM \"__EFMigrationsHistory\"")];
            if (applied.Length == 0)
                throw new StartRefusedException($"{file} is not a database of ProxyPortal. Nothing was changed.");
            if (applied.Except(knownMigrations).FirstOrDefault() is { } newer)
                throw new StartRefusedException($"{file} was written by a newer release (migration {newer}). Restore it with that release. Nothing was changed.");
        }
        catch (SqliteException exception)
        {
            throw new StartRefusedException($"{file} is damaged, or is not a database of ProxyPortal ({exception.Message}). Nothing was changed.");
        }
    }

    // What was valid when the copy was made may have been ended since: sign-ins and links of that time must not come back.
    private static void Prepare(string file, string temporary)
    {
        using (SqliteConnection source = SqliteFile.Open(file, SqliteOpenMode.ReadOnly))
        using (SqliteConnection copy = SqliteFile.Open(temporary, SqliteOpenMode.ReadWrite))
        {
            source.BackupDatabase(copy);
            SqliteFile.Execute(copy, "PRAGMA journal_mode=DELETE");
            SqliteFile.Execute(copy, "UPDATE users SET security_stamp = lower(hex(randomblob(16)))");
            SqliteFile.Execute(copy, "DELETE FROM one_time_links");
        }
        SqliteFile.Flush(temporary);
    }

    private string Keep()
    {
        string kept = string.Create(CultureInfo.InvariantCulture, $"{database}.before-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        try
        {
            // Folds the log into the file: SQLite would play a log that is left lying into the restored database.
            using (SqliteConnection former = SqliteFile.Open(database, SqliteOpenMode.ReadWrite))
                SqliteFile.Execute(former, "PRAGMA journal_mode=DELETE");
            File.Copy(database, kept, overwrite: true);
            SqliteFile.Flush(kept);
        }
        catch (SqliteException)
        {
            // Too damaged to open, which is why people restore: the file and its log are put aside as they are.
            File.Move(database, kept, overwrite: true);
        }
        foreach (string log in Logs.Where(suffix => File.Exists(database + suffix)))
            File.Move(database + log, kept + log, overwrite: true);
        return kept;
    }
}
