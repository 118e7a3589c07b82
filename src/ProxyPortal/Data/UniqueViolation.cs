using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ProxyPortal.Data;

/// <summary>Recognises the one database fault that is an answer: of two who took the same name at once, the other was first.</summary>
internal static class UniqueViolation
{
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteUnique = 2067;

    public static bool Caused(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SqlitePrimaryKey or SqliteUnique } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
