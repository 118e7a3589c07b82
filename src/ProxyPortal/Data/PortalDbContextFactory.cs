using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Options;

namespace ProxyPortal.Data;

/// <summary>Hands out the provider's context as the common one; everything but the migrations asks for this.</summary>
internal sealed class PortalDbContextFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<PortalDbContext>
    where TContext : PortalDbContext
{
    public PortalDbContext CreateDbContext() => inner.CreateDbContext();

    public async Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await inner.CreateDbContextAsync(cancellationToken);
}

/// <summary>For <c>dotnet ef</c> only: it needs the model, not a database.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SqlitePortalDbContext>, IDesignTimeDbContextFactory<PostgresPortalDbContext>
{
    private static CommitCoordinator Commits => new(TimeProvider.System, Options.Create(new DatabaseOptions()));

    SqlitePortalDbContext IDesignTimeDbContextFactory<SqlitePortalDbContext>.CreateDbContext(string[] args) =>
        new((DbContextOptions<SqlitePortalDbContext>)DatabaseRegistration.Sqlite(new DbContextOptionsBuilder<SqlitePortalDbContext>(), "Data Source=:memory:").Options, Commits);

    PostgresPortalDbContext IDesignTimeDbContextFactory<PostgresPortalDbContext>.CreateDbContext(string[] args) =>
        new((DbContextOptions<PostgresPortalDbContext>)DatabaseRegistration.Postgres(new DbContextOptionsBuilder<PostgresPortalDbContext>(), "Host=none").Options, Commits);
}
