using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ProxyPortal.Data;

/// <summary>Recognises the one database fault that is an answer: of two who took the same name at once, the other was first.</summary>
internal static class UniqueViolation
{
    private const int SqliteConstraint = 19;

    public static bool Caused(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteErrorCode: SqliteConstraint } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
