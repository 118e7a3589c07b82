using System.Numerics;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>
/// Where every verification is recorded with its true reason. Recording waits for nobody, allocates nothing on a hit and is bounded: what
/// repeats is folded into counts at once, and what finds no room is still counted by its reason.
/// </summary>
internal sealed class VerificationEvents : IThreadPoolWorkItem
{
    private readonly EventStripe[] _stripes;
    private readonly Lock _collecting = new();
    private readonly long[] _crowdedOut = new long[ReasonCounts.Size];
    private IEventFollower[] _followers = [];
    private int _isCollectionQueued;

    public VerificationEvents() : this((int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(2 * Environment.ProcessorCount, 4, 16)))
    {
    }

    /// <param name="stripes">A power of two.</param>
    internal VerificationEvents(int stripes) => _stripes = [.. Enumerable.Range(0, stripes).Select(_ => new EventStripe())];

    /// <summary>Hears the mean latency in ticks, whether it came from memory, and how many; null = nobody does.</summary>
    public Action<double, bool, long>? LatencyReader { get; set; }

    /// <summary>From now on <paramref name="follower"/> learns of everything.</summary>
    public void Follow(IEventFollower follower)
    {
        lock (_collecting)
            _followers = [.. _followers, follower];
    }

    public void Record(in VerificationRecord record)
    {
        // One's own processor's table is in its cache. Nobody holds a table for long; the second round is for the one who was
        // interrupted while he held it.
        int first = Thread.GetCurrentProcessorId();
        for (int i = 0; i < 2 * _stripes.Length; i++)
        {
            EventStripe stripe = _stripes[(first + i) & (_stripes.Length - 1)];
            if (!stripe.TryEnter())
                continue;
            bool isFilling;
            try
            {
                stripe.Add(record);
                isFilling = stripe.IsFilling;
            }
            finally
            {
                stripe.Leave();
            }
            if (isFilling && Interlocked.Exchange(ref _isCollectionQueued, 1) == 0)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }
        Interlocked.Add(ref _crowdedOut[(int)record.Reason], Math.Max(1, record.Count));
    }

    /// <summary>Hands what was recorded to the followers. Readers call it first, so that they see what has just happened.</summary>
    public void Collect()
    {
        lock (_collecting)
        {
            foreach (EventStripe stripe in _stripes)
                Collect(stripe);
            for (int reason = 0; reason < _crowdedOut.Length; reason++)
            {
                if (Interlocked.Exchange(ref _crowdedOut[reason], 0) is > 0 and var count)
                    Array.ForEach(_followers, follower => follower.FollowLost((RejectionReason)reason, count));
            }
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _isCollectionQueued, 0);
        Collect();
    }

    private void Collect(EventStripe stripe)
    {
        var wait = default(SpinWait);
        while (!stripe.TryEnter())
            wait.SpinOnce();
        try
        {
            stripe.Drain(_followers);
            stripe.Latencies.Drain(LatencyReader);
        }
        finally
        {
            stripe.Leave();
        }
    }
}
