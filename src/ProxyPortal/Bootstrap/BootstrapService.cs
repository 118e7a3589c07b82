using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Audit;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Bootstrap;

/// <summary>What applying a file did.</summary>
internal sealed record BootstrapSummary(int Created, int Changed);

/// <summary>Applies a bootstrap file: all of it in one transaction, or nothing when there is any fault. Applying it again writes nothing.</summary>
internal sealed partial class BootstrapService(
    IDbContextFactory<PortalDbContext> contexts, SettingsService settings, AuditTrail audit, PasswordHashing hashing, SecretKeys keys,
    ILookupNormalizer normalizer, TimeProvider time, ILogger<BootstrapService> log)
{
    private const int Attempts = 3;

    /// <exception cref="StartRefusedException">The file has faults; the message lists all of them.</exception>
    public async Task<BootstrapSummary> ApplyFileAsync(string file, CancellationToken cancellationToken)
    {
        BootstrapFaults faults = new();
        byte[] json = await ReadAsync(file, cancellationToken);
        BootstrapFile wanted = new BootstrapReader(faults, Path.GetDirectoryName(Path.GetFullPath(file))!).Read(json);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                BootstrapSummary summary = await ApplyAsync(file, wanted, faults, cancellationToken);
                LogApplied(file, summary.Created, summary.Changed);
                return summary;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Someone else wrote meanwhile (another node that starts, an administrator): look again at what is there now.
            }
            catch (DbUpdateException exception)
            {
                throw new StartRefusedException($"{file} could not be applied, because the database is being changed or is busy ({exception.InnerException?.Message ?? exception.Message}). Nothing was changed; try again.");
            }
        }
    }

    private async Task<BootstrapSummary> ApplyAsync(string file, BootstrapFile wanted, BootstrapFaults faults, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        BootstrapState state = await BootstrapState.LoadAsync(db, wanted, cancellationToken);
        new BootstrapChecks(wanted, state, faults).Run();
        if (faults.Any)
            throw new StartRefusedException(faults.Describe(file));
        IReadOnlyDictionary<string, string> hashes = await new BootstrapPasswords(hashing).HashAsync(wanted, state, cancellationToken);
        // Entities are compared once, when saving; until then nobody asks what changed.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var journal = new BootstrapJournal(db, audit);
        DateTimeOffset now = time.GetUtcNow();
        new BootstrapWriter(db, state, journal, now).Write(wanted);
        wanted.Users.ForEach(new BootstrapUserWriter(db, state, journal, keys, normalizer, hashes, now).Write);
        await EndFirstRunAsync(db, wanted, state, journal, now, cancellationToken);
        journal.Close(file);
        if (journal.HasChanges)
        {
            await db.SaveChangesAsync(cancellationToken);
            await settings.LoadAsync(cancellationToken);
        }
        return new(journal.CreatedCount, journal.ChangedCount);
    }

    // Once somebody can administer the portal, no set-up link may make another administrator.
    private static async Task EndFirstRunAsync(
        PortalDbContext db, BootstrapFile wanted, BootstrapState state, BootstrapJournal journal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        PortalSettings? row = await db.Settings.SingleOrDefaultAsync(cancellationToken);
        bool named = wanted.Users.Any(user => user.IsAdministrator && state.Users.GetValueOrDefault(user.Input.UserId) is null or { DeletedAt: null, SuspendedAt: null });
        if (row?.SetupCompletedAt is not null || (!named && !await db.Users.AnyAsync(
            user => user.Role == PortalRole.Administrator && user.DeletedAt == null && user.SuspendedAt == null, cancellationToken)))
            return;
        if (row is null)
            db.Settings.Add(row = new PortalSettings());
        row.SetupCompletedAt = now;
        journal.Changed(AuditAction.SetupCompleted, new AuditTarget("settings", null, "settings"), null, null);
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The bootstrap file {file} cannot be read: {exception.Message}");
        }
    }

    [LoggerMessage(6010, LogLevel.Information, "Applied {File}: {Created} created, {Changed} changed.")]
    private partial void LogApplied(string file, int created, int changed);
}
