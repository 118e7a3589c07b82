using System.Diagnostics;
using System.Numerics;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>
/// Counts latencies in buckets that grow with the value, so that a quantile is right to within 1 % from a
/// microsecond to an hour while recording costs a few nanoseconds and allocates nothing.
/// </summary>
internal sealed class LatencyHistogram
{
    // Each power of two is divided into 128 buckets: a bucket is at most 1/128 of its value wide.
    private const int Precision = 7;
    private const double NanosecondsPerMillisecond = 1_000_000;

    private readonly long[] _counts = new long[(64 - Precision + 1) << Precision];
    private long _total;

    public void Record(long stopwatchTicks)
    {
        var nanoseconds = (ulong)(stopwatchTicks * (1e9 / Stopwatch.Frequency));
        _counts[BucketOf(nanoseconds)]++;
        _total++;
    }

    public double QuantileMs(double quantile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * _total));
        long seen = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank) return MiddleOf(bucket) / NanosecondsPerMillisecond;
        }
        return 0;
    }

    private static int BucketOf(ulong nanoseconds)
    {
        var shift = Math.Max(0, BitOperations.Log2(nanoseconds) - Precision);
        return (shift << Precision) + (int)(nanoseconds >> shift);
    }

    private static double MiddleOf(int bucket)
    {
        var shift = Math.Max(0, (bucket >> Precision) - 1);
        var lowest = (long)(bucket - (shift << Precision)) << shift;
        return lowest + ((1L << shift) - 1) / 2.0;
    }
}
