using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Verification;

/// <summary>Keeps the directory in memory up to date: woken after each commit of this process, and every second for those of others.</summary>
internal sealed partial class DirectoryFollower(
    IDbContextFactory<PortalDbContext> contexts, DirectoryIndexLoader loader, CommitCoordinator commits, TimeProvider time, ILogger<DirectoryFollower> log)
    : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ChangeCursor _cursor = new(0);

    /// <summary>Loads everything; verification is refused before this has happened once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _cursor = await loader.LoadAllAsync(time.GetUtcNow(), cancellationToken);
        commits.Committed = CatchUpAfterCommitAsync;
        LoadedAt = CaughtUpAt = time.GetUtcNow();
        IsReady = true;
    }

    /// <summary>When everything was loaded.</summary>
    public DateTimeOffset? LoadedAt { get; private set; }

    /// <summary>Up to when every change is known here.</summary>
    public DateTimeOffset? CaughtUpAt { get; private set; }

    public bool IsReady { get; private set; }

    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PollInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await CatchUpAfterCommitAsync();
    }

    // The commit has happened: a failure to read it back must not look like a failure to write. The next tick tries again.
    private async Task CatchUpAfterCommitAsync()
    {
        try
        {
            await CatchUpAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogCatchUpFailed(exception);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            List<DirectoryChange> changes = await _cursor.ReadAsync(db, now, cancellationToken);
            if (changes.Count > 0)
            {
                await loader.ApplyAsync(db, changes, cancellationToken);
                // Only now: had applying failed, the same changes would be read again.
                _cursor.Advance(changes, time.GetUtcNow());
            }
            CaughtUpAt = now;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "Reading directory changes failed; verification goes on with what it knows and tries again in a second.")]
    private partial void LogCatchUpFailed(Exception exception);
}
