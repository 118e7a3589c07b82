using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ProxyPortal.Data;

/// <summary>Works off a queue that lies in the database: at once when it is woken, and otherwise within a second, because another node or a program on the command
/// line may have put something there. Any number of nodes may work at the same queue.</summary>
internal abstract partial class QueueWorker(TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _woken = new(0, 1);

    protected TimeProvider Time { get; } = time;

    /// <summary>A hint only: what is not heard is found a moment later.</summary>
    public void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // Woken already.
        }
    }

    public override void Dispose()
    {
        _woken.Dispose();
        base.Dispose();
    }

    /// <returns>Whether there is more to do at once.</returns>
    protected abstract Task<bool> WorkAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            bool more = false;
            try
            {
                more = await WorkAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is DbUpdateConcurrencyException || DatabaseBusyException.IsCauseOf(exception))
            {
                // Another node was quicker, or the database is busy: what is left is found at the next beat.
            }
            catch (Exception exception) when (exception is DbException or DbUpdateException or InvalidOperationException or System.Security.Cryptography.CryptographicException)
            {
                LogFailed(exception, GetType().Name);
            }
            if (!more)
                await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var beat = new CancellationTokenSource(Beat, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(beat.Token, stoppingToken);
        try
        {
            await _woken.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // A second is over.
        }
    }

    [LoggerMessage(7100, LogLevel.Error, "{Worker} could not work off its queue")]
    private partial void LogFailed(Exception exception, string worker);
}
