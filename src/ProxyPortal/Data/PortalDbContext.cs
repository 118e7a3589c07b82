using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Account.Sessions;
using ProxyPortal.ApiTokens;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Credentials;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.HelpDesk;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Notices;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Guides;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Data;

/// <summary>The one model. Its two subclasses only choose the provider, so that each has its own migrations in this assembly.</summary>
public abstract class PortalDbContext(DbContextOptions options, CommitCoordinator commits, AuditChain chain) : IdentityUserContext<User, Guid>(options)
{
    private const int Many = 50;

    // Nothing refers to these, and nobody changes them in the save that adds them.
    private static readonly HashSet<Type> Records = [typeof(AuditEntry), typeof(DirectoryChange), typeof(Notice), typeof(OutboxMail)];
    private bool _isInTurn;

    public DbSet<Group> Groups => Set<Group>();

    public DbSet<ExpiryPolicy> ExpiryPolicies => Set<ExpiryPolicy>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<FormerSecret> FormerSecrets => Set<FormerSecret>();

    public DbSet<Proxy> Proxies => Set<Proxy>();

    public DbSet<ProxyEndpoint> ProxyEndpoints => Set<ProxyEndpoint>();

    public DbSet<CallerKey> CallerKeys => Set<CallerKey>();

    public DbSet<PacProfile> PacProfiles => Set<PacProfile>();

    public DbSet<Guide> Guides => Set<Guide>();

    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<IdempotentCall> IdempotentCalls => Set<IdempotentCall>();

    public DbSet<AccessRequest> AccessRequests => Set<AccessRequest>();

    public DbSet<CallerCode> CallerCodes => Set<CallerCode>();

    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditChainState> AuditChain => Set<AuditChainState>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<NoticeCursor> NoticeCursor => Set<NoticeCursor>();

    public DbSet<PasswordResetRequest> PasswordResetRequests => Set<PasswordResetRequest>();

    public DbSet<OutboxMail> Mails => Set<OutboxMail>();

    public DbSet<PortalSettings> Settings => Set<PortalSettings>();

    public DbSet<VerificationEvent> VerificationEvents => Set<VerificationEvent>();

    public DbSet<VerificationRollup> VerificationRollups => Set<VerificationRollup>();

    public DbSet<DirectoryChange> DirectoryChanges => Set<DirectoryChange>();

    /// <summary>Saves, enters every change that verification depends on into the feed, and returns only after this node's memory
    /// has caught up: what an administrator saved counts at the very next verification.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        bool detects = ChangeTracker.AutoDetectChangesEnabled;
        // Otherwise each look at the entries compares every value anew.
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return await SaveDetectedAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    private async Task<int> SaveDetectedAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        FormerSecretTracker.Record(this, commits.Now);
        bool touchesDirectory = DirectoryChangeTracker.Record(this, commits.Now);
        bool queuesMail = ChangeTracker.Entries<OutboxMail>().Any(entry => entry.State is EntityState.Added);
        int written;
        try
        {
            using (_isInTurn ? null : await commits.EnterAsync(cancellationToken))
                written = await SaveChainedAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (Exception exception) when (DatabaseBusyException.IsCauseOf(exception))
        {
            // Nobody may take that for a conflict or a name that is taken.
            throw new DatabaseBusyException();
        }
        if (touchesDirectory && !_isInTurn)
            await commits.NotifyAsync();
        if (queuesMail)
            commits.MailQueued?.Invoke();
        return written;
    }

    /// <summary>Runs <paramref name="save"/>, which may save as often as it likes, as one: all of it or nothing, and nobody else writes in between. For what
    /// is too much to be tracked at once.</summary>
    public async Task SaveAllOrNothingAsync(Func<Task> save, CancellationToken cancellationToken)
    {
        using (await commits.EnterAsync(cancellationToken))
        {
            _isInTurn = true;
            try
            {
                await using IDbContextTransaction transaction = await Database.BeginTransactionAsync(cancellationToken);
                await save();
                await transaction.CommitAsync(cancellationToken);
            }
            catch (Exception exception) when (DatabaseBusyException.IsCauseOf(exception))
            {
                throw new DatabaseBusyException();
            }
            finally
            {
                _isInTurn = false;
            }
        }
        await commits.NotifyAsync();
    }

    /// <summary>Enters users that are written without being tracked into the feed; only within <see cref="SaveAllOrNothingAsync"/>. It goes with the next save.</summary>
    internal void FeedUsers(IEnumerable<User> users)
    {
        if (!_isInTurn)
            throw new InvalidOperationException("Only in a transaction that also saves what tells of them.");
        DirectoryChanges.AddRange(users.Select(user => new DirectoryChange { Part = DirectoryPart.User, EntityId = user.Id, At = commits.Now }));
    }

    private async Task<int> SaveChainedAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        List<EntityEntry<AuditEntry>> added = [.. ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State is EntityState.Added)];
        List<EntityEntry> records = [.. ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added && Records.Contains(entry.Metadata.ClrType))];
        if (added.Count == 0 && records.Count < Many)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        // On SQLite this takes the write lock at once, from programs on the command line too.
        await using IDbContextTransaction? own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        if (added.Count > 0)
            await chain.ExtendAsync(this, added, cancellationToken);
        await EndFormerDefaultsAsync(cancellationToken);
        int written = await SaveManyAsync(records, acceptAllChangesOnSuccess, cancellationToken);
        if (own is not null)
            await own.CommitAsync(cancellationToken);
        return written;
    }

    // The index of the default one allows no two of them, not even in the middle of a save, and EF writes in an order of its own.
    private async Task EndFormerDefaultsAsync(CancellationToken cancellationToken)
    {
        List<Guid> policies = FormerDefaults<ExpiryPolicy>(nameof(ExpiryPolicy.IsDefault));
        if (policies.Count > 0)
            await ExpiryPolicies.Where(policy => policies.Contains(policy.Id)).ExecuteUpdateAsync(set => set.SetProperty(policy => policy.IsDefault, false), cancellationToken);
        List<Guid> profiles = FormerDefaults<PacProfile>(nameof(PacProfile.IsDefault));
        if (profiles.Count > 0)
            await PacProfiles.Where(profile => profiles.Contains(profile.Id)).ExecuteUpdateAsync(set => set.SetProperty(profile => profile.IsDefault, false), cancellationToken);
    }

    private List<Guid> FormerDefaults<T>(string isDefault) where T : class, IDirectoryEntry =>
        [.. ChangeTracker.Entries<T>().Where(entry => entry.State is EntityState.Modified && entry.Property(isDefault) is { IsModified: true, CurrentValue: false }).Select(entry => entry.Entity.Id)];

    // Of a change of many, most rows are the records of it; nothing depends on those.
    private async Task<int> SaveManyAsync(List<EntityEntry> records, bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        if (records.Count < Many)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        List<(IEntityType Type, object Row)> rows = [.. records.Select(entry => (entry.Metadata, entry.Entity))];
        foreach (EntityEntry entry in records)
            entry.State = EntityState.Detached;
        try
        {
            int written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            foreach (IGrouping<IEntityType, object> table in rows.GroupBy(row => row.Type, row => row.Row))
                await this.InsertAsync(table.Key, [.. table], cancellationToken);
            return written + rows.Count;
        }
        catch
        {
            // Whoever tries again on the same context finds what they added; the feed is told of anew.
            AddRange(rows.Select(row => row.Row).Where(row => row is not DirectoryChange));
            throw;
        }
    }

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

public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options, CommitCoordinator commits, AuditChain chain)
    : PortalDbContext(options, commits, chain);

public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options, CommitCoordinator commits, AuditChain chain)
    : PortalDbContext(options, commits, chain);
