using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Hosting;

namespace ProxyPortal.Notices;

/// <summary>Gives notices as there is something to tell. Any number of nodes may do so at once.</summary>
internal sealed partial class NoticesWorker(
    AuditNotices audit, EndingNotices endings, OldSecretNotices oldSecrets, NoticeDigests digests, IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, TimeProvider time, ILogger<NoticesWorker> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A pass over everyone: with a million users it takes about a second.
    private static readonly TimeSpan EndingsInterval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // At the very first start this notes where the trail stands.
        await TryAsync(() => audit.ReadAsync(stoppingToken));
        using var timer = new PeriodicTimer(Beat, time);
        (DateTimeOffset minute, DateTimeOffset quarter) = (DateTimeOffset.MinValue, time.GetUtcNow() - EndingsInterval + Minute);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            DateTimeOffset now = time.GetUtcNow();
            await TryAsync(async () =>
            {
                while (await audit.ReadAsync(stoppingToken)) { }
            });
            if (now - minute >= Minute)
            {
                minute = now;
                await TryAsync(() => oldSecrets.GiveAsync(stoppingToken));
                await TryAsync(() => digests.SendAsync(stoppingToken));
            }
            if (now - quarter >= EndingsInterval)
            {
                quarter = now;
                await TryAsync(() => QuietThread.RunAsync("Notices", () => endings.GiveAsync(stoppingToken)));
                await TryAsync(() => ForgetAsync(stoppingToken));
            }
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = time.GetUtcNow() - Kept;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await commits.EnterAsync(cancellationToken))
            await db.Notices.Where(notice => notice.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is DbUpdateException or DatabaseBusyException)
        {
            // Another node was quicker, or the database is busy: what is left is found at the next beat.
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or System.Text.Json.JsonException)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(7200, LogLevel.Error, "Notices could not be given")]
    private partial void LogFailed(Exception exception);
}
