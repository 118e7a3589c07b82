using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

[Trait("Database", "None")]
public sealed class ProofCacheTests
{
    private static readonly Guid Alice = Guid.CreateVersion7();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Recall_NewVersion_KnowsNothing()
    {
        using ProofCache cache = Cache();
        cache.Remember(cache.KeyOf(Alice, 1, [], "secret"u8), matched: true);
        Assert.True(cache.Recall(cache.KeyOf(Alice, 1, [], "secret"u8)));
        Assert.Null(cache.Recall(cache.KeyOf(Alice, 2, [], "secret"u8)));
        Assert.Null(cache.Recall(cache.KeyOf(Guid.CreateVersion7(), 1, [], "secret"u8)));
        Assert.Null(cache.Recall(cache.KeyOf(Alice, 1, [], "Secret"u8)));
    }

    [Fact]
    public void Recall_AfterItsTime_KnowsNothing()
    {
        using ProofCache cache = Cache();
        cache.Remember(cache.KeyOf(Alice, 1, [], "right"u8), matched: true);
        cache.Remember(cache.KeyOf(Alice, 1, [], "wrong"u8), matched: false);
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(cache.Recall(cache.KeyOf(Alice, 1, [], "wrong"u8)));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(cache.Recall(cache.KeyOf(Alice, 1, [], "wrong"u8)));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(cache.Recall(cache.KeyOf(Alice, 1, [], "right"u8)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(cache.Recall(cache.KeyOf(Alice, 1, [], "right"u8)));
    }

    // NTP sets the clock back an hour: what was remembered for ten seconds must not last an hour.
    [Fact]
    public void Recall_ClockSetBack_StillEnds()
    {
        var clock = new ClockThatCanBeSet();
        using var cache = new ProofCache(100, TimeSpan.FromMinutes(60), 100, TimeSpan.FromSeconds(10), clock);
        cache.Remember(cache.KeyOf(Alice, 1, [], "wrong"u8), matched: false);
        clock.Utc -= TimeSpan.FromHours(1);
        clock.Elapsed += TimeSpan.FromSeconds(11);
        Assert.Null(cache.Recall(cache.KeyOf(Alice, 1, [], "wrong"u8)));
    }

    [Fact]
    public void KeyOf_FieldsCutElsewhere_AreOtherNames()
    {
        using ProofCache cache = Cache();
        var random = new Random(20261103);
        for (int i = 0; i < 2000; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(2, 30)).Select(_ => (char)random.Next('a', 'd'))));
            int cut = random.Next(text.Length + 1), other = random.Next(text.Length + 1);
            Assert.Equal(cut == other, cache.KeyOf(Guid.Empty, 0, text.AsSpan(0, cut), text.AsSpan(cut)) == cache.KeyOf(Guid.Empty, 0, text.AsSpan(0, other), text.AsSpan(other)));
        }
    }

    [Fact]
    public void KeyOf_AnotherProcess_NamesOtherwise()
    {
        using ProofCache one = Cache(), two = Cache();
        Assert.NotEqual(one.KeyOf(Alice, 1, [], "secret"u8), two.KeyOf(Alice, 1, [], "secret"u8));
    }

    [Fact]
    public void Remember_MoreThanItHolds_StaysBoundedAndKeepsTheLatest()
    {
        using ProofCache cache = Cache();
        DigestKey proved = cache.KeyOf(Alice, 1, [], "right"u8);
        cache.Remember(proved, matched: true);
        for (int i = 0; i < 5000; i++)
        {
            cache.Remember(Number(i), matched: false);
            Assert.False(cache.Recall(Number(i)));
            Assert.False(cache.Recall(Number(Math.Max(0, i - 49))));
        }
        Assert.True(cache.Count <= 200, $"{cache.Count} entries");
        // Guessers fill only the memory of mismatches.
        Assert.True(cache.Recall(proved));
    }

    [Fact]
    public async Task Remember_FromManyThreads_StaysBoundedAndNeverInventsAProof()
    {
        using ProofCache cache = Cache();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                DigestKey key = cache.KeyOf(Alice, thread, [], BitConverter.GetBytes(i % 500));
                bool matched = i % 2 == 0;
                Assert.NotEqual(!matched, cache.Recall(key));
                cache.Remember(key, matched);
            }
        })));
        Assert.True(cache.Count <= 220, $"{cache.Count} entries");
    }

    private static DigestKey Number(int i) => new((ulong)i, 1, 2, 3);

    private ProofCache Cache() => new(100, TimeSpan.FromMinutes(60), 100, TimeSpan.FromSeconds(10), _time);

    /// <summary>A wall clock and elapsed time that go their own ways, as real ones do.</summary>
    private sealed class ClockThatCanBeSet : TimeProvider
    {
        public DateTimeOffset Utc { get; set; } = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Utc;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
