using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Verification;

/// <summary>Writes the last call of each proxy, the last use of its keys, of users and of devices to the database, once a minute at most: a restart forgets no
/// more than that.</summary>
internal sealed partial class ActivityWriter(
    IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, VerificationActivity activity, CallerKeyMisuse misuse, AuditTrail audit, LastUses uses, EventStore store, IFirstUseFollower firstUses,
    TimeProvider time, ILogger<ActivityWriter> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private const int UsesPerWrite = 1_000;

    // Of a crowd that came within a minute: written by and by, not in the way of verification.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<Guid, DateTimeOffset> _written = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await WriteAsync(Pause, stoppingToken);
    }

    // The server has stopped by now: nothing comes after it.
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Writes what changed since the last time.</summary>
    /// <param name="pause">Between one transaction and the next.</param>
    /// <param name="cancellationToken">What is not written by then is kept.</param>
    internal async Task WriteAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await WriteCallsAsync(cancellationToken);
        await WriteMisuseAsync(cancellationToken);
        (Dictionary<Guid, UserUse> takenUsers, Dictionary<Guid, DeviceUse> takenDevices) = uses.Take();
        KeyValuePair<Guid, UserUse>[] users = [.. takenUsers];
        KeyValuePair<Guid, DeviceUse>[] devices = [.. takenDevices];
        int done = 0;
        try
        {
            while (done < Math.Max(users.Length, devices.Length))
            {
                ArraySegment<KeyValuePair<Guid, UserUse>> next = Next(users, done);
                await store.WriteUsesAsync(next, Next(devices, done), cancellationToken);
                await firstUses.FollowAsync([.. next.Select(use => KeyValuePair.Create(use.Key, use.Value.FirstAt))], cancellationToken);
                done += UsesPerWrite;
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            uses.PutBack(users.Skip(done), devices.Skip(done));
            if (exception is not OperationCanceledException)
                LogUsesFailed(exception);
        }
    }

    private static ArraySegment<T> Next<T>(T[] all, int done) => new(all, Math.Min(done, all.Length), Math.Clamp(all.Length - done, 0, UsesPerWrite));

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

    private async Task WriteMisuseAsync(CancellationToken cancellationToken)
    {
        var notes = misuse.Take();
        if (notes.Count == 0)
            return;
        try
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            foreach ((Guid id, CallerKeyMisuseKind kind, IPAddress? address) in notes)
            {
                if (await db.CallerKeys.Include(key => key.Proxy).SingleOrDefaultAsync(key => key.Id == id, cancellationToken) is not { Proxy: { } proxy } key)
                    continue;
                bool exposed = kind is CallerKeyMisuseKind.InUrl;
                if (exposed)
                    key.ExposedAt = time.GetUtcNow();
                audit.Add(db, Actor.Portal with { Address = address }, exposed ? AuditAction.CallerKeyExposed : AuditAction.CallerKeyMisplaced,
                    new AuditTarget("proxy", proxy.Id, proxy.Name), after: new { key.Hint });
            }
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            foreach ((Guid id, CallerKeyMisuseKind kind, IPAddress? address) in notes)
                misuse.Record(id, kind, address);
            if (exception is not OperationCanceledException)
                LogWriteFailed(exception);
        }
    }

    [LoggerMessage(2014, LogLevel.Warning, "The last uses of users and devices could not be written; the next minute tries again.")]
    private partial void LogUsesFailed(Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "The last calls of the proxies could not be written; the next minute tries again.")]
    private partial void LogWriteFailed(Exception exception);
}
