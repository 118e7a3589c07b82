using System.Net;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Verification.Events;

/// <summary>Recording: folds what repeats, is bounded, loses no count and allocates nothing.</summary>
public sealed class VerificationEventsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 3, 12, 0, 30, TimeSpan.Zero);
    private readonly VerificationEvents _events = new(stripes: 1);
    private readonly ListeningFollower _heard = new();
    private readonly UserModel _alice = Recording.User("alice");

    public VerificationEventsTests() => _events.Follow(_heard);

    [Fact]
    public void Record_TheSameAgain_FoldsWithTimesIdsAndLatencies()
    {
        VerificationId first = _events.Record(Noon, _alice, source: Recording.Desk, fromMemory: true, latency: TimeSpan.FromMicroseconds(3));
        _events.Record(Noon.AddSeconds(1), _alice, source: IPAddress.Parse("192.0.2.10"), latency: TimeSpan.FromMilliseconds(20));
        VerificationId last = _events.Record(Noon.AddSeconds(2), _alice, source: Recording.Desk, fromMemory: true);
        _events.Collect();
        EventFold fold = Assert.Single(_heard.Folds);
        Assert.Equal((3, 2, first, last), (fold.Count, fold.FromMemory, fold.FirstId, fold.LastId));
        Assert.Equal((Noon.UtcTicks, Noon.AddSeconds(2).UtcTicks), (fold.FirstAt, fold.LastAt));
        Assert.Equal((TimeSpan.FromMicroseconds(20_003).Ticks, TimeSpan.FromMilliseconds(20).Ticks), (fold.Latency, fold.LongestLatency));
        _events.Collect();
        Assert.Single(_heard.Folds);
    }

    [Fact]
    public void Record_WhatDiffersInAnythingElse_StaysApart()
    {
        DeviceModel laptop = Recording.Device("laptop");
        _events.Record(Noon, _alice, source: Recording.Desk);
        _events.Record(Noon, _alice, source: IPAddress.Parse("192.0.2.11"));
        _events.Record(Noon, _alice);
        _events.Record(Noon, _alice, device: laptop, source: Recording.Desk);
        _events.Record(Noon, Recording.User("bob"), source: Recording.Desk);
        _events.Record(Noon.AddMinutes(1), _alice, source: Recording.Desk);
        _events.Collect();
        Assert.Equal(6, _heard.Folds.Count);
        Assert.All(_heard.Folds, fold => Assert.Equal(1, fold.Count));
    }

    [Fact]
    public void Record_Rejections_KeepTheirIdsWhileThereIsRoom_ThenFoldWithExactCounts()
    {
        // One stripe may be out of use at any time, because the thread pool has begun to collect.
        var events = new VerificationEvents(stripes: 2);
        events.Follow(_heard);
        List<VerificationId> ids = [.. Enumerable.Range(0, EventStripe.Singles + 500).Select(_ => events.Record(Noon, null, "mallory", RejectionReason.UnknownUser, Recording.Desk))];
        events.Collect();
        Assert.Equal(ids.Count, _heard.Count(RejectionReason.UnknownUser));
        HashSet<VerificationId> kept = [.. _heard.Folds.Where(fold => fold.IsSingle).Select(fold => fold.FirstId)];
        Assert.True(kept.Count >= EventStripe.Singles && kept.SetEquals(ids.Take(kept.Count)) || kept.Count > EventStripe.Singles);
        Assert.All(_heard.Folds, fold => Assert.Equal("mallory", fold.TypedLogin));
        Assert.Empty(_heard.Lost);
    }

    [Fact]
    public void Record_MoreThanThereIsRoomFor_IsStillCountedByReason()
    {
        var stripe = new EventStripe();
        for (int i = 0; i < 3 * EventStripe.Slots; i++)
            Add(stripe, $"user{i}");
        stripe.Drain([_heard]);
        Assert.Equal(3 * EventStripe.Slots, _heard.Count(RejectionReason.None));
        Assert.True(_heard.Folds.Count < EventStripe.Slots && _heard.Lost[RejectionReason.None] > 0);

        // And it is empty again.
        Add(stripe, "alice");
        var after = new ListeningFollower();
        stripe.Drain([after]);
        Assert.Single(after.Folds);
        Assert.Empty(after.Lost);
    }

    [Fact]
    public async Task Record_FromManyThreadsWhileCollecting_LosesNothing()
    {
        const int Each = 50_000;
        var events = new VerificationEvents(stripes: 4);
        events.Follow(_heard);
        UserModel[] users = [.. Enumerable.Range(0, 50).Select(i => Recording.User($"user{i}"))];
        Task[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
                events.Record(Noon, users[i % users.Length], reason: i % 10 == 0 ? RejectionReason.WrongSecret : RejectionReason.None);
        }, TestContext.Current.CancellationToken))];
        var all = Task.WhenAll(writers);
        while (!all.IsCompleted)
            events.Collect();
        await all;
        events.Collect();
        Assert.Equal((4 * Each / 10 * 9, 4 * Each / 10), (_heard.Count(RejectionReason.None), _heard.Count(RejectionReason.WrongSecret)));
    }

    [Fact]
    public void Record_AnAcceptance_AllocatesNothing()
    {
        UserModel[] users = [.. Enumerable.Range(0, 200).Select(i => Recording.User($"user{i}"))];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            for (int i = 0; i < 2000; i++)
                _events.Record(Noon, users[i % users.Length], users[i % users.Length].UserId, source: Recording.Desk, fromMemory: true);
        }
    }

    [Fact]
    public void Latencies_AreToldByBucket_WithTheirTrueSum()
    {
        List<(double Ticks, bool FromMemory, long Count)> told = [];
        _events.LatencyReader = (ticks, fromMemory, count) => told.Add((ticks, fromMemory, count));
        _events.Record(Noon, _alice, fromMemory: true, latency: TimeSpan.FromMicroseconds(2));
        _events.Record(Noon, _alice, fromMemory: true, latency: TimeSpan.FromMicroseconds(4));
        _events.Record(Noon, _alice, latency: TimeSpan.FromMilliseconds(30));
        _events.Record(Noon, _alice, latency: TimeSpan.FromSeconds(10));
        _events.Collect();
        Assert.Equal([(300_000, false, 1), (100_000_000, false, 1), (30, true, 2)], told);
        _events.Collect();
        Assert.Equal(3, told.Count);
    }

    private static void Add(EventStripe stripe, string userId) => stripe.Add(new VerificationRecord
    {
        Id = VerificationId.Create(Noon.UtcTicks),
        At = Noon.UtcTicks,
        Caller = Recording.Caller,
        Scheme = default,
        User = Recording.User(userId),
        Login = userId,
        Reason = RejectionReason.None,
    });
}
