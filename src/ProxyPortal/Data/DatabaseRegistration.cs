using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using ProxyPortal.Hosting;

namespace ProxyPortal.Data;

internal static class DatabaseRegistration
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CommitCoordinator>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<DataLock>();
        string? connection = ConnectionFaults.Read(configuration);
        if (configuration.GetSection(DatabaseOptions.Section).GetValue(nameof(DatabaseOptions.Provider), DatabaseProvider.Sqlite) is DatabaseProvider.Postgres)
        {
            services.AddDbContextFactory<PostgresPortalDbContext>(options => Postgres(options, connection ?? "Host=localhost;Database=proxyportal"));
            services.AddSingleton<IDbContextFactory<PortalDbContext>, PortalDbContextFactory<PostgresPortalDbContext>>();
        }
        else
        {
            services.AddDbContextFactory<SqlitePortalDbContext>((provider, options) =>
                Sqlite(options, connection ?? $"Data Source={Path.Combine(provider.GetRequiredService<IOptions<PortalOptions>>().Value.DataDirectory, "portal.db")}"));
            services.AddSingleton<IDbContextFactory<PortalDbContext>, PortalDbContextFactory<SqlitePortalDbContext>>();
        }
        // Identity's stores want a scoped context; everything else takes the factory and a context for each operation.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext());
        return services;
    }

    public static DbContextOptionsBuilder Sqlite(DbContextOptionsBuilder options, string connection)
    {
        // Three seconds are the longest that a page may wait for another writer; the provider's own retry ends then too.
        var builder = new SqliteConnectionStringBuilder(connection) { DefaultTimeout = 3 };
        // A list is one parameter: the provider looks each of many up among all the others, which for five thousand ids takes seconds.
        return Common(options.UseSqlite(builder.ToString(), sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)
                .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(new SqliteSession()));
    }

    public static DbContextOptionsBuilder Postgres(DbContextOptionsBuilder options, string connection) =>
        Common(options.UseNpgsql(connection, npgsql => npgsql.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)));

    private static DbContextOptionsBuilder Common(DbContextOptionsBuilder options) =>
        options.UseSnakeCaseNamingConvention().ConfigureWarnings(warnings => warnings
            .Throw(RelationalEventId.PendingModelChangesWarning)
            // Identity maps a telephone number; we take it out again.
            .Ignore(CoreEventId.MappedPropertyIgnoredWarning)
            // SQLite rebuilds tables in steps; the migrator saves a copy of the file before, and a newcomer can do nothing about it.
            .Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning));
}
