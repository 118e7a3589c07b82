using CsCheck;
using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Core.Tests.Verification;

/// <summary>When secrets end under a policy.</summary>
public sealed class SecretLifetimeTests
{
    private static readonly Guid Owner = Guid.Parse("0198a0f2-0000-7000-8000-000000000001");
    private static readonly long Day = TimeSpan.TicksPerDay;

    private static readonly Gen<SecretLifetime> Any = Gen.Select(Gen.Int[1, 400], Gen.Int[0, 30], Gen.Int[0, 30], Gen.Bool, (age, grace, jitter, spares) => new SecretLifetime(age * Day)
    {
        Grace = grace * Day,
        JitterDays = Math.Min(jitter, age - 1),
        Spared = spares ? new DaysOff([new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 28)]) : null,
    });

    private static readonly Gen<long> Issue = Gen.Long[At("2020-01-01T00:00:00Z"), At("2030-01-01T00:00:00Z")];

    [Theory]
    [InlineData("2026-12-17T09:30:00Z", "2026-12-24T09:30:00Z")] // Thursday: a working day
    [InlineData("2026-12-18T09:30:00Z", "2026-12-29T09:30:00Z")] // Friday is a holiday, then the weekend, then another holiday
    [InlineData("2026-12-19T00:00:00Z", "2026-12-29T00:00:00Z")] // Saturday
    [InlineData("2026-12-27T23:59:59Z", "2027-01-04T23:59:59Z")] // Sunday
    public void EndOf_DaysOff_MovesToTheNextWorkingDay(string issued, string end) =>
        Assert.Equal(At(end), new SecretLifetime(7 * Day) { Spared = new DaysOff([new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 28)]) }.EndOf(At(issued), Owner));

    [Fact]
    public void EndOf_Grace_IsAddedBeforeDaysOffAreLookedAt() =>
        // Would end on Thursday, with grace on Saturday: so it ends on Monday.
        Assert.Equal(At("2026-11-30T08:00:00Z"), new SecretLifetime(7 * Day) { Grace = 2 * Day, Spared = new DaysOff([]) }.EndOf(At("2026-11-19T08:00:00Z"), Owner));

    [Fact]
    public void EndOf_Jitter_IsNeverLaterThanWithoutAndAtMostSoManyDaysEarlier() => Gen.Select(Any, Issue, Gen.Guid).Sample((lifetime, issued, owner) =>
    {
        long plain = issued + lifetime.MaxAge + lifetime.Grace;
        long drawn = (lifetime with { Spared = null }).EndOf(issued, owner);
        Assert.InRange(drawn, plain - lifetime.JitterDays * Day, plain);
        Assert.Equal(0, (plain - drawn) % Day);
        Assert.Equal(drawn, (lifetime with { Spared = null }).EndOf(issued, owner));
        Assert.True(lifetime.EndOf(issued, owner) >= drawn);
        Assert.True(lifetime.EndOf(issued, owner) > issued);
    });

    [Fact]
    public void EndOf_Jitter_SpreadsSecretsThatWereIssuedAtOnce()
    {
        var lifetime = new SecretLifetime(90 * Day) { JitterDays = 6 };
        int[] perDay = [.. Enumerable.Range(0, 7_000).Select(_ => (int)((90 * Day - lifetime.EndOf(0, Guid.CreateVersion7())) / Day)).GroupBy(days => days).OrderBy(group => group.Key).Select(group => group.Count())];
        Assert.Equal(7, perDay.Length);
        Assert.All(perDay, count => Assert.InRange(count, 800, 1_200));
    }

    [Fact]
    public void EndOf_NeverFallsOnADayOff() => Gen.Select(Any, Issue, Gen.Guid).Sample((lifetime, issued, owner) =>
    {
        if (lifetime.Spared is null)
            return;
        var end = new DateTime(lifetime.EndOf(issued, owner), DateTimeKind.Utc);
        Assert.False(end.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, end.ToString("O"));
        Assert.DoesNotContain(DateOnly.FromDateTime(end), new[] { new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 28) });
    });

    [Fact]
    public void EndOf_BeyondTheCalendar_IsNoEnd() =>
        Assert.Equal(long.MaxValue, new SecretLifetime(long.MaxValue) { Grace = Day, Spared = new DaysOff([]) }.EndOf(At("2026-01-01T00:00:00Z"), Owner));

    [Fact]
    public void EndOf_AllocatesNothing()
    {
        var lifetime = new SecretLifetime(90 * Day) { Grace = Day, JitterDays = 5, Spared = new DaysOff([new DateOnly(2026, 12, 25)]) };
        AccessRules rules = AccessRules.Unrestricted with { DeviceSecretLifetimes = [lifetime, lifetime] };
        long sum = rules.EndOfDeviceSecret(1, Owner);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            sum += rules.EndOfDeviceSecret(i * Day, Owner);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }

    private static long At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcTicks;
}
