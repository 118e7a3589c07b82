namespace ProxyPortal.Verification.Events;

/// <summary>
/// Stores what was recorded: once a second, one short transaction of a bounded number of rows, so that a crowd that arrives at once is written
/// by and by, beside verification and not in its way. A database that is locked, full or gone costs verification nothing;
/// what it did not take waits in the <see cref="EventBuffer"/> and is written when it is back.
/// </summary>
internal sealed partial class EventWriter : BackgroundService
{
    public const int MostPerWrite = 2_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RollUpInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);
    private readonly VerificationEvents _events;
    private readonly EventBuffer _buffer;
    private readonly EventStore _store;
    private readonly EventRetention _retention;
    private readonly EventHistory _history;
    private readonly TimeProvider _time;
    private readonly ILogger<EventWriter> _log;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private DateTimeOffset _rollUpSince;
    private DateTimeOffset _rolledUpAt;
    private DateTimeOffset _sweptAt;
    private long _written;
    private bool _isFailing;

    public EventWriter(
        VerificationEvents events, EventBuffer buffer, EventStore store, EventRetention retention, EventHistory history, TimeProvider time, ILogger<EventWriter> log)
    {
        (_events, _buffer, _store, _retention, _history, _time, _log) = (events, buffer, store, retention, history, time, log);
        // The hours of the last minutes before a crash are still to be summed up.
        _rollUpSince = time.GetUtcNow().AddDays(-1);
        _sweptAt = time.GetUtcNow();
    }

    /// <summary>Rows written since the start, updates included.</summary>
    public long Written => Interlocked.Read(ref _written);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _history.RecallAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(all: true, cancellationToken);
    }

    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // A write that has begun is finished: the last flush comes after it.
            if (await WriteDueAsync(CancellationToken.None))
                await CareAsync(CancellationToken.None);
        }
    }

    /// <summary>Writes what is due, as much of it as one second may.</summary>
    /// <returns>False when the database did not take it.</returns>
    public Task<bool> WriteDueAsync(CancellationToken cancellationToken) => WriteAsync(transactions: 1, all: false, cancellationToken);

    /// <summary>Writes everything that is due.</summary>
    public Task<bool> FlushAsync(bool all, CancellationToken cancellationToken) => WriteAsync(int.MaxValue, all, cancellationToken);

    private async Task<bool> WriteAsync(int transactions, bool all, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            _events.Collect();
            for (; transactions > 0 && _buffer.Take(MostPerWrite, all) is { IsEmpty: false } batch; transactions--)
            {
                if (!await TryWriteAsync(batch, cancellationToken))
                    return false;
            }
            return true;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<bool> TryWriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await _store.WriteAsync(batch, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _buffer.PutBack(batch);
            // On the edge only: this happens every second.
            if (!_isFailing)
                LogWriteFailed(exception);
            _isFailing = true;
            return false;
        }
        _buffer.MarkStored(batch);
        Interlocked.Add(ref _written, batch.Events.Count);
        foreach (VerificationRollup rollup in batch.Rollups.Rows)
            _rollUpSince = rollup.Start < _rollUpSince ? rollup.Start : _rollUpSince;
        if (_isFailing)
            LogRecovered();
        _isFailing = false;
        return true;
    }

    private async Task CareAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _time.GetUtcNow();
        try
        {
            if (now - _rolledUpAt >= RollUpInterval)
            {
                DateTimeOffset since = _rollUpSince;
                _rollUpSince = now.AddMinutes(-2);
                _rolledUpAt = now;
                await _retention.RollUpAsync(since, now, cancellationToken);
            }
            if (now - _sweptAt >= SweepInterval)
            {
                _sweptAt = now;
                await _retention.SweepAsync(now, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Sums are made anew: the next time makes up for it.
            _rollUpSince = now.AddDays(-1);
            LogCareFailed(exception);
        }
    }

    [LoggerMessage(2010, LogLevel.Warning, "Verification events could not be stored. Verification goes on; they wait in memory and are written when the database is back.")]
    private partial void LogWriteFailed(Exception exception);

    [LoggerMessage(2011, LogLevel.Information, "Verification events are being stored again.")]
    private partial void LogRecovered();

    [LoggerMessage(2012, LogLevel.Warning, "Verification events could not be rolled up or swept; it is tried again.")]
    private partial void LogCareFailed(Exception exception);
}
