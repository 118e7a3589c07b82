using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ProxyPortal.Data;

/// <summary>Lets one commit at a time through where the database has one writer, and tells the in-memory directory after each that
/// touched it. Waiting in line here is fair; polling SQLite's lock is not.</summary>
public sealed class CommitCoordinator(TimeProvider time, IOptions<DatabaseOptions> options) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim? _oneWriter = options.Value.Provider is DatabaseProvider.Sqlite ? new SemaphoreSlim(1) : null;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Called after a commit that verification must learn of; set by the one who holds the directory in memory.</summary>
    public Func<Task>? Committed { get; set; }

    /// <summary>Called after a commit that queued a mail; set by the one who sends them.</summary>
    public Action? MailQueued { get; set; }

    /// <exception cref="DatabaseBusyException">The writer before did not finish in time.</exception>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (_oneWriter is null)
            return null;
        if (!await _oneWriter.WaitAsync(LongestWait, cancellationToken))
            throw new DatabaseBusyException();
        return new Turn(_oneWriter);
    }

    public Task NotifyAsync() => Committed?.Invoke() ?? Task.CompletedTask;

    public void Dispose() => _oneWriter?.Dispose();

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}

/// <summary>The database had no time for this write; nothing was changed and the same act may be tried again.</summary>
public sealed class DatabaseBusyException() : Exception("The database is busy. Nothing was changed; try again.")
{
    /// <summary>Whether that is what <paramref name="exception"/> comes from: another program holds the file, or PostgreSQL ended one of
    /// two that waited for each other.</summary>
    public static bool IsCauseOf(Exception? exception) =>
        exception is DatabaseBusyException or SqliteException { SqliteErrorCode: 5 or 6 } or PostgresException { IsTransient: true }
        // EF says of a transient fault in an exception of its own that it is one.
        || (exception is DbUpdateException or InvalidOperationException && IsCauseOf(exception.InnerException));
}
