using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>The connections to one portal. Each question has one to itself, so that a slow password hash at the portal holds up nobody
/// else; who finds none waits until one is opened or free. Nothing here waits longer than its deadline: <see cref="Sweep"/> ends it.</summary>
internal sealed class ConnectionPool(PortalUrl url, HelperSettings settings, TimeProvider time)
{
    private const int MaxConnections = 256;

    // Each costs 80 KiB. More slow password hashes than this the portal does not let wait (Verification:HashQueue, 64): it refuses
    // them at once, and the connection is free again.
    private const int MaxTlsConnections = 80;

    // Handshakes are what costs memory; the rest of a burst waits its turn, and often finds that a connection has come free.
    private const int MaxOpening = 4;

    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(60);

    // Ends now and then, or a portal that moved to another address would never be noticed.
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly int _limit = Math.Clamp(settings.Concurrency, 1, url.IsTls ? MaxTlsConnections : MaxConnections);
    private readonly Stack<PortalConnection> _idle = [];
    private readonly HashSet<PortalConnection> _busy = [];
    private readonly HashSet<PortalConnection> _opening = [];
    private readonly Queue<Waiter> _waiters = [];

    /// <summary>An open connection, or why there is none.</summary>
    public ValueTask<(PortalConnection? Connection, Exception? Fault)> TakeAsync(long deadline)
    {
        PortalConnection? toOpen;
        Waiter waiter;
        lock (_gate)
        {
            if (TryTakeIdle(deadline) is { } connection)
                return new((connection, null));
            waiter = new Waiter(deadline);
            _waiters.Enqueue(waiter);
            toOpen = NextToOpen();
        }

        Open(toOpen);
        return new(waiter.Result.Task);
    }

    /// <summary>Takes a connection back, for the next who waits, or closes it.</summary>
    public void Return(PortalConnection connection, bool isReusable)
    {
        PortalConnection? toOpen = null;
        lock (_gate)
        {
            _busy.Remove(connection);
            long now = time.GetTimestamp();
            isReusable &= !connection.IsOverdue && time.GetElapsedTime(connection.OpenedAt, now) < LongestLife;
            // Whoever takes it from the idle ones looks again.
            isReusable &= _waiters.Count == 0 || connection.IsQuiet;
            if (isReusable)
                HandOverOrKeep(connection, now);
            else
                toOpen = NextToOpen();
        }

        if (!isReusable)
            connection.Dispose();
        Open(toOpen);
    }

    /// <summary>Ends what is due at <paramref name="now"/>; true while there is anything that will be.</summary>
    public bool Sweep(long now)
    {
        List<PortalConnection>? toAbort = null;
        bool isBusy;
        lock (_gate)
        {
            foreach (Waiter waiter in _waiters)
            {
                if (waiter.Deadline <= now)
                    waiter.Result.TrySetResult((null, new TimeoutException()));
            }

            foreach (PortalConnection connection in _busy)
            {
                if (connection.Deadline <= now)
                    (toAbort ??= []).Add(connection);
            }

            foreach (PortalConnection connection in _opening)
            {
                if (connection.Deadline <= now)
                    (toAbort ??= []).Add(connection);
            }

            isBusy = _waiters.Count + _busy.Count + _opening.Count > 0;
            if (!isBusy)
                CloseIdle(now);
        }

        foreach (PortalConnection connection in toAbort ?? [])
            connection.Abort();
        return isBusy;
    }

    private void CloseIdle(long now)
    {
        // The one on top was used last.
        while (_idle.TryPeek(out PortalConnection? last) && time.GetElapsedTime(last.IdleSince, now) > LongestIdle)
            _idle.Pop().Dispose();
    }

    private PortalConnection? TryTakeIdle(long deadline)
    {
        while (_idle.TryPop(out PortalConnection? connection))
        {
            if (connection.IsQuiet)
            {
                connection.Deadline = deadline;
                _busy.Add(connection);
                return connection;
            }

            connection.Dispose();
        }

        return null;
    }

    private void HandOverOrKeep(PortalConnection connection, long now)
    {
        while (_waiters.TryDequeue(out Waiter? next))
        {
            connection.Deadline = next.Deadline;
            if (!next.Result.TrySetResult((connection, null)))
                continue;
            _busy.Add(connection);
            return;
        }

        connection.IdleSince = now;
        _idle.Push(connection);
    }

    // One for each connection that could not be opened: the next attempt may succeed.
    private void FailOne(Exception fault)
    {
        while (_waiters.TryDequeue(out Waiter? next) && !next.Result.TrySetResult((null, fault)))
        {
        }
    }

    private PortalConnection? NextToOpen()
    {
        if (_opening.Count >= Math.Min(MaxOpening, _waiters.Count) || _opening.Count + _busy.Count + _idle.Count >= _limit)
            return null;
        long now = time.GetTimestamp();
        PortalConnection connection = new(url, now + (long)(settings.Timeout.TotalSeconds * time.TimestampFrequency)) { OpenedAt = now };
        _opening.Add(connection);
        return connection;
    }

    private void Open(PortalConnection? connection)
    {
        if (connection is not null)
            _ = OpenAsync(connection);
    }

    private async Task OpenAsync(PortalConnection connection)
    {
        Exception? fault = null;
        try
        {
            await connection.OpenAsync();
        }
        catch (Exception e)
        {
            fault = connection.IsOverdue ? new TimeoutException() : e;
            connection.Dispose();
        }

        PortalConnection? another;
        lock (_gate)
        {
            _opening.Remove(connection);
            if (fault is null)
                HandOverOrKeep(connection, time.GetTimestamp());
            else
                FailOne(fault);
            another = NextToOpen();
        }

        Open(another);
    }

    private sealed class Waiter(long deadline)
    {
        public long Deadline { get; } = deadline;

        // Who waits goes on elsewhere: one answer must not carry a whole queue of questions on its back.
        public TaskCompletionSource<(PortalConnection? Connection, Exception? Fault)> Result { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
