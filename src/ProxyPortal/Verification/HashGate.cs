using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ProxyPortal.Credentials;

namespace ProxyPortal.Verification;

/// <summary>What came of a slow comparison.</summary>
internal enum GateAnswer
{
    Match = 0,
    Mismatch = 1,

    /// <summary>The queue was full, or the wait too long: nothing was computed.</summary>
    Overloaded = 2,
}

/// <summary>
/// The only place where slow hashes are computed for proxies: a few threads of their own below normal priority, a bounded queue that
/// takes turns, and one computation for any number of identical questions. Whoever floods it costs himself; remembered proofs never come here.
/// </summary>
internal sealed partial class HashGate : IDisposable
{
    /// <summary>The slow comparison itself: stored text, prepared password.</summary>
    internal delegate SecretMatch Comparison(byte[] stored, byte[] prepared);

    private readonly Comparison _compare;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly TimeSpan _longestWait;
    private readonly FairQueue<Job> _queue;
    private readonly ConcurrentQueue<IdleJob> _idle = new();
    // Not disposed: it holds nothing, and a late question must not trip over it.
    private readonly SemaphoreSlim _toDo = new(0);
    private readonly ConcurrentDictionary<DigestKey, Job> _underWay = new();
    private readonly Thread[] _workers;
    private volatile bool _closed;
    private long _computed;
    private long _shed;
    private long _waited;
    private long _computedWhenIdle;

    public HashGate(PasswordHashing hashing, TimeProvider time, IOptions<VerificationOptions> options, ILogger<HashGate> log)
        : this((stored, prepared) => hashing.Verify(stored, prepared), time, options.Value, log)
    {
    }

    internal HashGate(Comparison compare, TimeProvider time, VerificationOptions options, ILogger log)
    {
        (_compare, _time, _log) = (compare, time, log);
        _longestWait = TimeSpan.FromMilliseconds(options.HashWaitMilliseconds);
        _queue = new FairQueue<Job>(options.HashQueue);
        _workers = [.. Enumerable.Range(0, options.HashWorkers).Select(i => new Thread(Work) { IsBackground = true, Name = $"hash {i}" })];
        foreach (Thread worker in _workers)
            worker.Start();
    }

    /// <summary>Hashes computed for an answer since the start.</summary>
    public long Computed => Interlocked.Read(ref _computed);

    /// <summary>Comparisons that were not made, because the queue was full or the wait too long.</summary>
    public long Shed => Interlocked.Read(ref _shed);

    /// <summary>Seconds that jobs have waited in the queue, taken together.</summary>
    public double SecondsWaited => (double)Interlocked.Read(ref _waited) / _time.TimestampFrequency;

    /// <summary>Hashes computed while nobody waited for an answer.</summary>
    public long ComputedWhenIdle => Interlocked.Read(ref _computedWhenIdle);

    public int Waiting => _queue.Count;

    /// <summary>Compares <paramref name="prepared"/> with <paramref name="stored"/>, sharing the work with identical questions under way.</summary>
    /// <param name="key">The name of this question in <see cref="ProofCache"/>.</param>
    /// <param name="stored">A stored hash in its text form, or one that nothing matches.</param>
    /// <param name="prepared">The password; copied, and the copy wiped after use.</param>
    /// <param name="lane">Whose turn it is.</param>
    /// <param name="after">Told what came out while the password is still there; on a hash thread, so it must only take note.</param>
    public Task<GateAnswer> CompareAsync(DigestKey key, byte[] stored, ReadOnlySpan<byte> prepared, Lane lane = default, Action<SecretMatch, byte[]>? after = null)
    {
        Job? job = null;
        do
        {
            if (_underWay.TryGetValue(key, out Job? same))
                return same.Answer.Task;
            job ??= new Job(key, stored, prepared.ToArray(), _time.GetTimestamp(), after);
        }
        while (!_underWay.TryAdd(key, job));
        Job? gone = _closed ? job : _queue.Enter(lane, job);
        // Who gave way leaves as much to do as before.
        if (gone is null)
            _toDo.Release();
        else
            Finish(gone, Refuse());
        return job.Answer.Task;
    }

    /// <summary>Compares when nothing else is to do; for what nobody waits for. Null when it could not be computed.</summary>
    public Task<SecretMatch?> CompareWhenIdleAsync(byte[] stored, byte[] prepared)
    {
        var job = new IdleJob(stored, prepared);
        if (_closed)
            return Task.FromResult<SecretMatch?>(null);
        _idle.Enqueue(job);
        _toDo.Release();
        return job.Answer.Task;
    }

    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        _toDo.Release(_workers.Length);
        foreach (Thread worker in _workers)
            worker.Join();
        while (_queue.Take() is { } late)
            Finish(late, GateAnswer.Overloaded);
        while (_idle.TryDequeue(out IdleJob? late))
            late.Answer.TrySetResult(null);
    }

    private void Work()
    {
        ThreadPriorityOnLinux.LowerCurrent();
        while (true)
        {
            _toDo.Wait();
            if (_queue.Take() is { } job)
            {
                long now = _time.GetTimestamp();
                Interlocked.Add(ref _waited, now - job.QueuedAt);
                Finish(job, _time.GetElapsedTime(job.QueuedAt, now) > _longestWait ? Refuse() : Compare(job));
            }
            else if (_idle.TryDequeue(out IdleJob? idle))
                idle.Answer.TrySetResult(_closed ? null : Compute(idle.Stored, idle.Prepared, ref _computedWhenIdle));
            else if (_closed)
                return;
        }
    }

    private GateAnswer Refuse()
    {
        Interlocked.Increment(ref _shed);
        return GateAnswer.Overloaded;
    }

    private GateAnswer Compare(Job job)
    {
        return Compute(job.Stored, job.Prepared, ref _computed, job.After) switch
        {
            null => GateAnswer.Overloaded,
            SecretMatch.Match or SecretMatch.MatchRehashNeeded => GateAnswer.Match,
            _ => GateAnswer.Mismatch,
        };
    }

    private SecretMatch? Compute(byte[] stored, byte[] prepared, ref long counter, Action<SecretMatch, byte[]>? after = null)
    {
        Interlocked.Increment(ref counter);
        try
        {
            SecretMatch match = _compare(stored, prepared);
            after?.Invoke(match, prepared);
            return match;
        }
        catch (Exception exception)
        {
            // No memory for the hash, say. On a thread of our own an exception would end the process.
            LogHashFailed(exception);
            return null;
        }
    }

    [LoggerMessage(2003, LogLevel.Error, "A password hash could not be computed; the caller was told to ask again.")]
    private partial void LogHashFailed(Exception exception);

    private void Finish(Job job, GateAnswer answer)
    {
        CryptographicOperations.ZeroMemory(job.Prepared);
        _underWay.TryRemove(job.Key, out _);
        job.Answer.TrySetResult(answer);
    }

    private sealed record Job(DigestKey Key, byte[] Stored, byte[] Prepared, long QueuedAt, Action<SecretMatch, byte[]>? After)
    {
        // Continuations must not run on the hash threads: they write to sockets.
        public TaskCompletionSource<GateAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record IdleJob(byte[] Stored, byte[] Prepared)
    {
        public TaskCompletionSource<SecretMatch?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
