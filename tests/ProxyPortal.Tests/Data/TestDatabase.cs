using Microsoft.Data.Sqlite;
using Npgsql;
using ProxyPortal.Data;

namespace ProxyPortal.Tests.Data;

/// <summary>The database of one test. Which kind a run uses is decided here and nowhere else: SQLite, or PostgreSQL where
/// PROXYPORTAL_TEST_DATABASE says <c>Postgres</c>.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "PROXYPORTAL_TEST_DATABASE";

    private TestDatabase(DatabaseProvider provider, string connection) => (Provider, Connection) = (provider, connection);

    public static DatabaseProvider OfTheRun { get; } = Read(Environment.GetEnvironmentVariable(Variable));

    public DatabaseProvider Provider { get; }

    public string Connection { get; }

    /// <summary>What tells a portal to use it.</summary>
    public (string Key, string Value)[] Settings => [("Database:Provider", Provider.ToString()), ("ConnectionStrings:Portal", Connection)];

    /// <summary>A database for the portal whose data directory is <paramref name="folder"/>; <see cref="CreateAsync"/> makes it.</summary>
    public static TestDatabase For(string folder) => OfTheRun is DatabaseProvider.Postgres
        ? new TestDatabase(OfTheRun, PostgresCluster.ConnectionTo($"test_{Guid.CreateVersion7():N}"))
        : SqliteIn(folder);

    /// <summary>SQLite whatever the run uses, for tests about SQLite itself.</summary>
    public static TestDatabase SqliteIn(string folder) => new(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder, "portal.db")}");

    /// <summary>Which kind a value of the variable names; nothing is SQLite.</summary>
    public static DatabaseProvider Read(string? value) => value switch
    {
        null or "" or nameof(DatabaseProvider.Sqlite) => DatabaseProvider.Sqlite,
        nameof(DatabaseProvider.Postgres) => DatabaseProvider.Postgres,
        _ => throw new InvalidOperationException($"{Variable} is Sqlite or Postgres, not {value}."),
    };

    /// <summary>Makes it, a copy of one that was migrated once, unless it shall be <paramref name="empty"/>.</summary>
    public async Task CreateAsync(bool empty = false)
    {
        if (Provider is DatabaseProvider.Postgres)
            await PostgresCluster.CreateAsync(Name, empty);
        else if (!empty)
            await SqliteTemplate.CopyAsync(new SqliteConnectionStringBuilder(Connection).DataSource);
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider is DatabaseProvider.Postgres)
            await PostgresCluster.DropAsync(Name);
        else
            SqliteConnection.ClearAllPools();
    }

    private string Name => new NpgsqlConnectionStringBuilder(Connection).Database!;
}
