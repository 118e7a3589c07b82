using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Options;
using ProxyPortal.Account;
using ProxyPortal.Audit;

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

    private static AuditChain Chain => new(() => []);

    // Identity reads the version of its schema from the application's services.
    private static ServiceProvider Services => new ServiceCollection().Configure<IdentityOptions>(AccountRegistration.ConfigureStores).BuildServiceProvider();

    SqlitePortalDbContext IDesignTimeDbContextFactory<SqlitePortalDbContext>.CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqlitePortalDbContext>();
        DatabaseRegistration.Sqlite(builder.UseApplicationServiceProvider(Services), "Data Source=:memory:");
        return new(builder.Options, Commits, Chain);
    }

    PostgresPortalDbContext IDesignTimeDbContextFactory<PostgresPortalDbContext>.CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresPortalDbContext>();
        DatabaseRegistration.Postgres(builder.UseApplicationServiceProvider(Services), "Host=none");
        return new(builder.Options, Commits, Chain);
    }
}
