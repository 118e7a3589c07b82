using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProxyPortal.Account.Sessions;
using ProxyPortal.ApiTokens;
using ProxyPortal.Audit;
using ProxyPortal.Credentials;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Links;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Data;

/// <summary>The one model. Its two subclasses only choose the provider, so that each has its own migrations in this assembly.</summary>
public abstract class PortalDbContext(DbContextOptions options, CommitCoordinator commits) : IdentityUserContext<User, Guid>(options)
{
    public DbSet<Group> Groups => Set<Group>();

    public DbSet<ExpiryPolicy> ExpiryPolicies => Set<ExpiryPolicy>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<FormerSecret> FormerSecrets => Set<FormerSecret>();

    public DbSet<Proxy> Proxies => Set<Proxy>();

    public DbSet<ProxyEndpoint> ProxyEndpoints => Set<ProxyEndpoint>();

    public DbSet<CallerKey> CallerKeys => Set<CallerKey>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<PortalSettings> Settings => Set<PortalSettings>();

    public DbSet<VerificationEvent> VerificationEvents => Set<VerificationEvent>();

    public DbSet<VerificationRollup> VerificationRollups => Set<VerificationRollup>();

    public DbSet<DirectoryChange> DirectoryChanges => Set<DirectoryChange>();

    /// <summary>Saves, enters every change that verification depends on into the feed, and returns only after this node's memory
    /// has caught up: what an administrator saved counts at the very next verification.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        FormerSecretTracker.Record(this, commits.Now);
        bool touchesDirectory = DirectoryChangeTracker.Record(this, commits.Now);
        int written;
        try
        {
            using (await commits.EnterAsync(cancellationToken))
                written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (Exception exception) when (IsBusy(exception))
        {
            // Another program holds the file, or PostgreSQL ended one of two that waited for each other: nobody may take that for a
            // conflict or a name that is taken.
            throw new DatabaseBusyException();
        }
        if (touchesDirectory)
            await commits.NotifyAsync();
        return written;
    }

    private static bool IsBusy(Exception? exception) =>
        exception is SqliteException { SqliteErrorCode: 5 or 6 } or PostgresException { IsTransient: true }
        // EF says of a transient fault in an exception of its own that it is one.
        || (exception is DbUpdateException or InvalidOperationException && IsBusy(exception.InnerException));

    /// <summary>Not supported: it would pass the change feed by.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Use SaveChangesAsync.");

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        DatabaseConventions.Apply(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Ticks order and compare in SQL on both providers; SQLite has no type of its own for a point in time.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}

public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options, CommitCoordinator commits)
    : PortalDbContext(options, commits);

public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options, CommitCoordinator commits)
    : PortalDbContext(options, commits);
