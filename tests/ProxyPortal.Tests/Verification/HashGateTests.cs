using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Credentials;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

public sealed class HashGateTests : IDisposable
{
    private readonly ManualResetEventSlim _mayFinish = new();
    private readonly CountdownEvent _started = new(1);
    private readonly FakeTimeProvider _time = new();
    private int _running;
    private int _mostRunning;

    public void Dispose()
    {
        _mayFinish.Dispose();
        _started.Dispose();
    }

    [Fact]
    public async Task Compare_500Guesses_RunAtMostWorkersAndQueue()
    {
        using HashGate gate = Gate(workers: 2, queue: 8);
        Task<GateAnswer>[] guesses = await Task.WhenAll(Enumerable.Range(1, 500).Select(i => Task.Run(() => new[] { gate.CompareAsync(Key(i), [], [1]) }))).ContinueWith(all => all.GetAwaiter().GetResult().SelectMany(one => one).ToArray(), TaskScheduler.Default);
        _mayFinish.Set();
        GateAnswer[] answers = await Task.WhenAll(guesses);
        Assert.True(gate.Computed <= 10, $"{gate.Computed} hashes");
        Assert.Equal(gate.Computed, answers.Count(answer => answer is GateAnswer.Match));
        Assert.Equal(500 - gate.Computed, answers.Count(answer => answer is GateAnswer.Overloaded));
        Assert.True(_mostRunning <= 2, $"{_mostRunning} at once");
    }

    [Fact]
    public async Task Compare_SameQuestion_IsComputedOnceAndOthersSeparately()
    {
        using HashGate gate = Gate(workers: 1, queue: 8);
        Task<GateAnswer>[] same = [.. Enumerable.Range(0, 50).Select(_ => gate.CompareAsync(Key(1), [], [1]))];
        Task<GateAnswer> other = gate.CompareAsync(Key(2), [], [2]);
        _mayFinish.Set();
        await Task.WhenAll([.. same, other]);
        Assert.Equal(2, gate.Computed);
        // Over: asked again, it is computed again. What to remember is the business of the memory of proofs.
        await gate.CompareAsync(Key(1), [], [1]);
        Assert.Equal(3, gate.Computed);
    }

    [Fact]
    public async Task Compare_ParallelSameQuestions_NeverFailForAQuietGate()
    {
        _mayFinish.Set();
        using HashGate gate = Gate(workers: 1, queue: 4);
        GateAnswer[][] answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var mine = new GateAnswer[5000];
            for (int i = 0; i < mine.Length; i++)
                mine[i] = await gate.CompareAsync(Key(1), [], [1]);
            return mine;
        })));
        Assert.All(answers, mine => Assert.DoesNotContain(GateAnswer.Overloaded, mine));
    }

    [Fact]
    public async Task Compare_WaitedTooLong_IsOverloadedWithoutAHash()
    {
        using HashGate gate = Gate(workers: 1, queue: 8);
        Task<GateAnswer> first = gate.CompareAsync(Key(1), [], [1]);
        _started.Wait(TestContext.Current.CancellationToken);
        Task<GateAnswer> late = gate.CompareAsync(Key(2), [], [1]);
        _time.Advance(TimeSpan.FromSeconds(2));
        _mayFinish.Set();
        Assert.Equal((GateAnswer.Match, GateAnswer.Overloaded), (await first, await late));
        Assert.Equal(1, gate.Computed);
    }

    [Fact]
    public async Task Dispose_WithWorkWaiting_AnswersEveryone()
    {
        HashGate gate = Gate(workers: 1, queue: 8);
        Task<GateAnswer>[] waiting = [.. Enumerable.Range(1, 5).Select(i => gate.CompareAsync(Key(i), [], [1]))];
        _mayFinish.Set();
        gate.Dispose();
        Assert.All(waiting, task => Assert.True(task.IsCompleted));
        Assert.Equal(GateAnswer.Overloaded, await gate.CompareAsync(Key(9), [], [1]));
    }

    [Fact]
    public async Task Compare_HashThatThrows_IsTemporaryAndTheThreadLivesOn()
    {
        int calls = 0;
        using var gate = new HashGate((_, _) => ++calls == 1 ? throw new InvalidOperationException("no memory") : SecretMatch.Match, _time, new VerificationOptions { HashWorkers = 1 }, NullLogger.Instance);
        Assert.Equal(GateAnswer.Overloaded, await gate.CompareAsync(Key(1), [], [1]));
        Assert.Equal(GateAnswer.Match, await gate.CompareAsync(Key(1), [], [1]));
    }

    [Fact]
    public async Task Verify_GateFull_Is503NotRememberedAndNotARejection()
    {
        await using VerifyHost host = await VerifyHost.StartAsync(settings: [("Verification:HashWorkers", "1"), ("Verification:HashQueue", "1")]);
        VerifyReply[] replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => host.AskAsync("alice", $"wrong {i}")));
        VerifyReply[] shed = [.. replies.Where(reply => reply.Status == 503)];
        Assert.NotEmpty(shed);
        Assert.All(shed, reply => Assert.Equal("overloaded", reply.Code));
        Assert.All(shed, reply => Assert.Contains("Retry-After: 1", reply.Headers, StringComparison.Ordinal));
        Assert.Equal(60 - shed.Length + 1, host.Gate.Computed);
        int again = Array.FindIndex(replies, reply => reply.Status == 503);
        Assert.Equal("rejected", (await host.AskAsync("alice", $"wrong {again}")).Result);
        Assert.Equal(60 - shed.Length + 2, host.Gate.Computed);
        Assert.Equal(shed.Length, host.Activity.LastHour().Sum(minute => minute.Temporary));
        await host.AssertUnharmedAsync();
    }

    private static DigestKey Key(int i) => new((ulong)i, 0, 0, 0);

    private HashGate Gate(int workers, int queue) => new(Compare, _time, new VerificationOptions { HashWorkers = workers, HashQueue = queue }, NullLogger.Instance);

    private SecretMatch Compare(byte[] stored, byte[] prepared)
    {
        int running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        if (_started.CurrentCount > 0)
            _started.Signal();
        _mayFinish.Wait();
        Interlocked.Decrement(ref _running);
        return SecretMatch.Match;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
