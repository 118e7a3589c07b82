using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using ProxyPortal.Access;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

/// <summary>The section <c>Audit</c> of the configuration.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>Days for which entries are kept; 0 = for ever.</summary>
    public int RetentionDays { get; set; } = 730;
}

/// <summary>Removes entries whose time is over, every hour. The rest stays a chain: its beginning moves on to the last that was removed.</summary>
internal sealed partial class AuditRetention(
    IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, AuditChain chain, AuditTrail audit, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditRetention> log)
    : BackgroundService
{
    // A short transaction each, so that nobody waits for the sweep.
    private const int RowsAtOnce = 5_000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }
    }

    /// <returns>How many entries were removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if (options.Value.RetentionDays == 0)
            return 0;
        DateTimeOffset oldest = time.GetUtcNow().AddDays(-options.Value.RetentionDays);
        int all = 0;
        for (int removed = RowsAtOnce; removed == RowsAtOnce; all += removed)
            removed = await RemoveAsync(oldest, cancellationToken);
        if (all > 0)
            await audit.WriteAsync(Actor.Portal, AuditAction.AuditRetained, new AuditTarget("audit", null, "old entries"), new { Removed = all, Before = oldest }, cancellationToken);
        return all;
    }

    private async Task<int> RemoveAsync(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using IDisposable? turn = await commits.EnterAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        AuditChainState state = await chain.LockAsync(db, cancellationToken);
        bool wasIntact = chain.IsIntact(state);
        // From the old end without a gap, and never the latest: the next entry is chained to it.
        long kept = await db.AuditEntries.Where(entry => entry.At >= oldest).MinAsync(entry => (long?)entry.Id, cancellationToken) ?? state.HeadId;
        long[] old = await db.AuditEntries.Where(entry => entry.Id < kept && entry.Id < state.HeadId).OrderBy(entry => entry.Id).Select(entry => entry.Id).Take(RowsAtOnce).ToArrayAsync(cancellationToken);
        if (old.Length == 0)
            return 0;
        long last = old[^1];
        state.RemovedUntil = last;
        if (last > state.StartId)
            (state.StartId, state.StartHash) = (last, await db.AuditEntries.Where(entry => entry.Id == last).Select(entry => entry.Hash).SingleAsync(cancellationToken) ?? AuditChain.Origin);
        await chain.SaveAsync(db, state, wasIntact, cancellationToken);
        await db.AuditEntries.Where(entry => entry.Id <= last).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return old.Length;
    }

    [LoggerMessage(5100, LogLevel.Error, "Old audit entries could not be removed")]
    private partial void LogFailed(Exception exception);
}
