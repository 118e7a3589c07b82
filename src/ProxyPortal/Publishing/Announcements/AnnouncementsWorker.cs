using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>Carries out, once a minute, what was announced to end by itself. Any number of nodes may do so at once.</summary>
internal sealed partial class AnnouncementsWorker(AnnouncementService announcements, TimeProvider time, ILogger<AnnouncementsWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await announcements.CarryOutDueAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException or DatabaseBusyException)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(7300, LogLevel.Error, "Announced changes could not be carried out; this is tried again in a minute")]
    private partial void LogFailed(Exception exception);
}
