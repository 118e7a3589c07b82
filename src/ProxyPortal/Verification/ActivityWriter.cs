using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Verification;

/// <summary>Writes the last call of each proxy, the last use of its keys, of users and of devices to the database, once a minute at most: a restart forgets no
/// more than that.</summary>
internal sealed partial class ActivityWriter(
    IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, VerificationActivity activity, LastUses uses, EventStore store, TimeProvider time, ILogger<ActivityWriter> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly Dictionary<Guid, DateTimeOffset> _written = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await WriteAsync(stoppingToken);
    }

    // The server has stopped by now: nothing comes after it.
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <summary>Writes what changed since the last time.</summary>
    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        await WriteCallsAsync(cancellationToken);
        (Dictionary<Guid, long> users, Dictionary<Guid, DeviceUse> devices) = uses.Take();
        try
        {
            await store.WriteUsesAsync(users, devices, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            uses.PutBack(users, devices);
            if (exception is not OperationCanceledException)
                LogUsesFailed(exception);
        }
    }

    private async Task WriteCallsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            foreach ((Guid proxy, DateTimeOffset at) in activity.LastCalls())
            {
                if (_written.TryGetValue(proxy, out DateTimeOffset written) && written == at)
                    continue;
                using (await commits.EnterAsync(cancellationToken))
                    await db.Proxies.Where(row => row.Id == proxy).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastCallAt, at), cancellationToken);
                _written[proxy] = at;
            }
            foreach ((Guid key, DateTimeOffset at) in activity.LastKeyUses())
            {
                if (_written.TryGetValue(key, out DateTimeOffset written) && written == at)
                    continue;
                using (await commits.EnterAsync(cancellationToken))
                    await db.CallerKeys.Where(row => row.Id == key).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, at), cancellationToken);
                _written[key] = at;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogWriteFailed(exception);
        }
    }

    [LoggerMessage(2014, LogLevel.Warning, "The last uses of users and devices could not be written; the next minute tries again.")]
    private partial void LogUsesFailed(Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "The last calls of the proxies could not be written; the next minute tries again.")]
    private partial void LogWriteFailed(Exception exception);
}
