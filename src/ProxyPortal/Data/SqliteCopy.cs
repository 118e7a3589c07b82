using Microsoft.Data.Sqlite;
using ProxyPortal.Hosting;

namespace ProxyPortal.Data;

/// <summary>Copies a SQLite database while it is in use. The target appears only when the copy is whole and checked.</summary>
internal static class SqliteCopy
{
    /// <exception cref="StartRefusedException">There is no database, or it is damaged.</exception>
    public static void Write(string database, string file)
    {
        if (!File.Exists(database))
            throw new StartRefusedException($"There is no database at {database}.");
        string target = Path.GetFullPath(file);
        if (target == database)
            throw new StartRefusedException("The copy cannot take the place of the database itself.");
        string temporary = target + ".new";
        SqliteFile.CreatePrivate(temporary);
        try
        {
            Fill(database, temporary);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Fill(string database, string temporary)
    {
        using (SqliteConnection source = SqliteFile.Open(database, SqliteOpenMode.ReadWrite))
        using (SqliteConnection copy = SqliteFile.Open(temporary, SqliteOpenMode.ReadWrite))
        {
            source.BackupDatabase(copy);
            // One file, without a log beside it that could be forgotten.
            SqliteFile.Execute(copy, "PRAGMA journal_mode=DELETE");
            if (SqliteFile.FindDamage(copy) is { } damage)
                throw new StartRefusedException($"{database} is damaged ({damage}); no copy was written. Restore the last good backup.");
        }
        SqliteFile.Flush(temporary);
    }
}
