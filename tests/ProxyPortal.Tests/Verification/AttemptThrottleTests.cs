using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Throttling;
using Xunit;

namespace ProxyPortal.Tests.Verification;

public sealed class AttemptThrottleTests
{
    private static readonly CallerModel Proxy = new() { ProxyId = Guid.CreateVersion7(), Name = "p", Endpoints = [] };
    private readonly FakeTimeProvider _time = new();
    private readonly VerificationOptions _options = new() { ThrottleEntries = 1024 };
    private readonly AttemptPlaces _places = new();
    private readonly FailureRate _rate;
    private readonly AttemptThrottle _throttle;
    private ulong _secret = 1000;

    public AttemptThrottleTests()
    {
        _rate = new FailureRate(_time, Options.Create(_options), NullLogger<FailureRate>.Instance);
        _throttle = new AttemptThrottle(_time, _rate, Options.Create(_options));
    }

    [Fact]
    public void Fail_AgainAndAgain_DelaysGrowToTheLongest()
    {
        AttemptPlace alice = Place("alice", "192.0.2.1");
        var waits = new List<int>();
        for (int i = 0; i < 12; i++)
        {
            Assert.True(TryFail(alice));
            int waited = 0;
            for (; _throttle.Blocks(alice); waited++)
                _time.Advance(TimeSpan.FromSeconds(1));
            waits.Add(waited);
        }
        Assert.Equal([0, 0, 1, 3, 5, 10, 20, 40, 60, 60, 60, 60], waits);
        Assert.False(_throttle.MayBlock);
        // An hour of quiet, and it starts anew.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(TryFail(alice));
        Assert.False(_throttle.Blocks(alice));
    }

    [Fact]
    public void TryReserve_Parallel_OnlyTheFreeOnesAndLaterOneAtATime()
    {
        AttemptPlace alice = Place("alice", "192.0.2.1");
        List<Reservation> held = Reserve(alice, 200);
        Assert.Equal(3, held.Count);
        held.ForEach(one => _throttle.Fail(one));
        _time.Advance(TimeSpan.FromSeconds(1));
        held = Reserve(alice, 200);
        Assert.Single(held);
        // The same secret again, while it is being compared: no further place.
        Assert.True(_throttle.TryReserve(alice, held[0].Secret, out _));
        // Shed: counts for nothing, and the place is free again.
        _throttle.Refund(held[0]);
        _throttle.Refund(held[0]);
        Assert.Equal(3, _throttle.FailuresAt(alice));
        Assert.Single(Reserve(alice, 200));
    }

    [Fact]
    public void Fail_SameSecret_CountsOnce()
    {
        AttemptPlace alice = Place("alice", "192.0.2.1");
        for (int i = 0; i < 100; i++)
        {
            Assert.True(_throttle.TryReserve(alice, 7, out Reservation one));
            _throttle.Fail(one);
        }
        Assert.Equal(1, _throttle.FailuresAt(alice));
        Assert.Equal(1, _rate.Total);
        _throttle.Forgive(alice, 7);
        Assert.Equal(0, _throttle.FailuresAt(alice));
    }

    [Fact]
    public void Succeed_ClearsThatSourceOfThatUserOnly()
    {
        AttemptPlace here = Place("alice", "192.0.2.1"), there = Place("alice", "192.0.2.2");
        for (int i = 0; i < 2; i++)
            Assert.True(TryFail(here) && TryFail(there));
        Succeed(here);
        Assert.Equal((0, 2), (_throttle.FailuresAt(here), _throttle.FailuresAt(there)));
    }

    [Fact]
    public void Fail_AtManyUsersFromOneSource_TurnsTheSourceAwayButNobodyElse()
    {
        AttemptPlace known = Place("alice", "192.0.2.1");
        Succeed(known);
        for (int i = 0; i <= _options.ThrottleUsersPerSource; i++)
            Assert.True(TryFail(Place($"user{i}", "192.0.2.1")));
        Assert.True(_throttle.Blocks(Place("bob", "192.0.2.1")));
        Assert.False(_throttle.TryReserve(Place("bob", "192.0.2.1"), 1, out _));
        Assert.False(_throttle.Blocks(Place("bob", "192.0.2.2")));
        Assert.False(_throttle.Blocks(known));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(_throttle.Blocks(Place("bob", "192.0.2.1")));
    }

    // A household shares a /64: an attacker in it has 2^64 addresses.
    [Fact]
    public void Place_Ipv6_IsCountedByItsNetworkAndMappedIpv4ByItsAddress()
    {
        Assert.Equal(Place("alice", "2001:db8::1"), Place("alice", "2001:db8::ffff:1"));
        Assert.NotEqual(Place("alice", "2001:db8::1"), Place("alice", "2001:db8:0:1::1"));
        Assert.Equal(Place("alice", "192.0.2.1"), Place("alice", "::ffff:192.0.2.1"));
        Assert.NotEqual(Place("alice", "192.0.2.1").Pair, Place("bob", "192.0.2.1").Pair);
    }

    [Fact]
    public void Fail_FromEverywhere_OnlyKnownSourcesMayTryUntilThePasswordIsChanged()
    {
        AttemptPlace known = Place("alice", "192.0.2.1");
        Succeed(known);
        for (int i = 0; i < _options.ThrottleUserFailures; i++)
            Assert.True(TryFail(Place("alice", $"198.51.{i / 200}.{i % 200}")));
        AttemptPlace next = Place("alice", "203.0.113.1");
        Assert.True(_throttle.MayBlock && _throttle.Blocks(next));
        Assert.False(TryFail(next));
        Assert.False(_throttle.Blocks(known));
        Assert.False(_throttle.Blocks(Place("alice", "203.0.113.1", version: 2)));
        Assert.False(_throttle.Blocks(Place("bob", "203.0.113.1")));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(_throttle.Blocks(next));
        // Known for thirty days from the last success.
        _time.Advance(TimeSpan.FromDays(30));
        for (int i = 0; i < _options.ThrottleUserFailures; i++)
            Assert.True(TryFail(Place("alice", $"198.51.{i / 200}.{i % 200}")));
        Assert.True(_throttle.Blocks(known));
    }

    // 20,000 other names from as many addresses, in a table of 1024: the guesser's counter stays.
    [Fact]
    public void Fail_FloodOfNames_FreesNoGuesser()
    {
        AttemptPlace guesser = Place("alice", "192.0.2.1");
        for (int i = 0; i < 3; i++)
            Assert.True(TryFail(guesser));
        for (int i = 0; i < 20_000; i++)
            TryFail(Place($"n{i}", $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"));
        Assert.Equal(3, _throttle.FailuresAt(guesser));
        Assert.True(_throttle.Blocks(guesser));
    }

    [Fact]
    public void Fail_CallerTellsNoAddress_HasSofterLimits()
    {
        AttemptPlace alice = Place("alice", null);
        for (int i = 0; i < _options.ThrottleFreeFailures * AttemptThrottle.UnplacedFactor; i++)
            Assert.True(TryFail(alice));
        Assert.True(_throttle.Blocks(alice));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(_throttle.Blocks(alice));
    }

    [Fact]
    public void Fail_MoreThanTheAlarmAMinute_DoublesTheDelaysUntilItIsOver()
    {
        for (int i = 0; i <= _options.ThrottleAlarmPerMinute; i++)
            TryFail(Place($"n{i}", $"10.0.{i >> 8}.{i & 255}"));
        Assert.True(_rate.IsHigh);
        AttemptPlace alice = Place("alice", "192.0.2.1");
        for (int i = 0; i < 3; i++)
            Assert.True(TryFail(alice));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True(_throttle.Blocks(alice));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.False(_throttle.Blocks(alice));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(_rate.IsHigh);
    }

    private AttemptPlace Place(string name, string? address, long version = 1) => _places.Of(
        new Question(Proxy, new VerificationRequest(0, AuthSchemes.Basic, null, address is null ? null : IPAddress.Parse(address))), name, version);

    private List<Reservation> Reserve(AttemptPlace place, int tries)
    {
        var held = new List<Reservation>();
        for (int i = 0; i < tries; i++)
        {
            if (_throttle.TryReserve(place, _secret++, out Reservation one))
                held.Add(one);
        }
        return held;
    }

    private bool TryFail(AttemptPlace place)
    {
        if (!_throttle.TryReserve(place, _secret++, out Reservation one))
            return false;
        _throttle.Fail(one);
        return true;
    }

    private void Succeed(AttemptPlace place)
    {
        Assert.True(_throttle.TryReserve(place, _secret++, out Reservation one));
        _throttle.Succeed(one);
    }
}
