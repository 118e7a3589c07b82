using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
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
/// The only place where slow hashes are computed for proxies: a few threads of their own below normal priority, a bounded queue, and
/// one computation for any number of identical questions. Whoever floods it costs himself; remembered proofs never come here.
/// </summary>
internal sealed partial class HashGate : IDisposable
{
    /// <summary>The slow comparison itself: stored text, prepared password.</summary>
    internal delegate SecretMatch Comparison(byte[] stored, byte[] prepared);

    private readonly Comparison _compare;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly TimeSpan _longestWait;
    private readonly Channel<Job> _queue;
    private readonly ConcurrentDictionary<DigestKey, Job> _underWay = new();
    private readonly Thread[] _workers;
    private long _computed;
    private long _shed;
    private long _waited;

    public HashGate(PasswordHashing hashing, TimeProvider time, IOptions<VerificationOptions> options, ILogger<HashGate> log)
        : this((stored, prepared) => hashing.Verify(stored, prepared), time, options.Value, log)
    {
    }

    internal HashGate(Comparison compare, TimeProvider time, VerificationOptions options, ILogger log)
    {
        (_compare, _time, _log) = (compare, time, log);
        _longestWait = TimeSpan.FromMilliseconds(options.HashWaitMilliseconds);
        // Bounded with Wait mode: TryWrite then says no instead of dropping someone else's job.
        _queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(options.HashQueue) { FullMode = BoundedChannelFullMode.Wait });
        _workers = [.. Enumerable.Range(0, options.HashWorkers).Select(i => new Thread(Work) { IsBackground = true, Name = $"hash {i}" })];
        foreach (Thread worker in _workers)
            worker.Start();
    }

    /// <summary>Hashes computed since the start.</summary>
    public long Computed => Interlocked.Read(ref _computed);

    /// <summary>Comparisons that were not made, because the queue was full or the wait too long.</summary>
    public long Shed => Interlocked.Read(ref _shed);

    /// <summary>Seconds that jobs have waited in the queue, taken together.</summary>
    public double SecondsWaited => (double)Interlocked.Read(ref _waited) / _time.TimestampFrequency;

    public int Waiting => _queue.Reader.Count;

    /// <summary>Compares <paramref name="prepared"/> with <paramref name="stored"/>, sharing the work with identical questions under way.</summary>
    /// <param name="key">The name of this question in <see cref="ProofCache"/>.</param>
    /// <param name="stored">A stored hash in its text form, or <see cref="PasswordHashing.Dummy"/>.</param>
    /// <param name="prepared">The password; copied, and the copy wiped after use.</param>
    public Task<GateAnswer> CompareAsync(DigestKey key, byte[] stored, ReadOnlySpan<byte> prepared)
    {
        Job? job = null;
        do
        {
            if (_underWay.TryGetValue(key, out Job? same))
                return same.Answer.Task;
            job ??= new Job(key, stored, prepared.ToArray(), _time.GetTimestamp());
        }
        while (!_underWay.TryAdd(key, job));
        if (!_queue.Writer.TryWrite(job))
            Finish(job, Refuse());
        return job.Answer.Task;
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        foreach (Thread worker in _workers)
            worker.Join();
    }

    private void Work()
    {
        ThreadPriorityOnLinux.LowerCurrent();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryRead(out Job? job))
            {
                long now = _time.GetTimestamp();
                Interlocked.Add(ref _waited, now - job.QueuedAt);
                Finish(job, _time.GetElapsedTime(job.QueuedAt, now) > _longestWait ? Refuse() : Compare(job));
            }
        }
    }

    private GateAnswer Refuse()
    {
        Interlocked.Increment(ref _shed);
        return GateAnswer.Overloaded;
    }

    private GateAnswer Compare(Job job)
    {
        Interlocked.Increment(ref _computed);
        try
        {
            return _compare(job.Stored, job.Prepared) is SecretMatch.Match or SecretMatch.MatchRehashNeeded ? GateAnswer.Match : GateAnswer.Mismatch;
        }
        catch (Exception exception)
        {
            // No memory for the hash, say. On a thread of our own an exception would end the process.
            LogHashFailed(exception);
            return GateAnswer.Overloaded;
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

    private sealed record Job(DigestKey Key, byte[] Stored, byte[] Prepared, long QueuedAt)
    {
        // Continuations must not run on the hash threads: they write to sockets.
        public TaskCompletionSource<GateAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
