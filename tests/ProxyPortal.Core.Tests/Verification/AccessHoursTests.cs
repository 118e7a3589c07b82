using System.Globalization;
using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Core.Tests.Verification;

public sealed class AccessHoursTests
{
    [Theory]
    [InlineData("en-GB", "Mon-Fri 07:00-19:00; Sat 08:00-12:00 (America/Monterrey)")]
    [InlineData("de-DE", "Mo-Fr 07:00-19:00; Sa 08:00-12:00 (America/Monterrey)")]
    public void Describe_NamesTheDaysInTheLanguage(string culture, string expected) =>
        Assert.Equal(expected, AccessHours.Describe("Mon-Fri 07:00-19:00; Sat 08:00-12:00 (America/Monterrey)", CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData("Mon-Fri 07:00-19:00", "2026-11-23T07:00Z", "2026-11-23T19:00Z")]
    [InlineData("Mon-Fri 07:00-19:00", "2026-11-23T06:59Z", null)]
    [InlineData("Mon-Fri 07:00-19:00", "2026-11-23T18:59:59Z", "2026-11-23T19:00Z")]
    [InlineData("Mon-Fri 07:00-19:00", "2026-11-23T19:00Z", null)]
    [InlineData("Mon-Fri 07:00-19:00", "2026-11-22T12:00Z", null)]
    [InlineData("Fri 22:00-06:00", "2026-11-28T05:59Z", "2026-11-28T06:00Z")]
    [InlineData("Sat 22:00-06:00", "2026-11-29T03:00Z", "2026-11-29T06:00Z")]
    [InlineData("Fri-Mon 00:00-24:00", "2026-11-22T12:00Z", "2026-11-23T12:00Z")]
    [InlineData("Fri-Mon 00:00-24:00", "2026-11-25T12:00Z", null)]
    [InlineData("Sat 08:00-12:00; Mon 09:00-10:00", "2026-11-23T09:30Z", "2026-11-23T10:00Z")]
    public void OpenUntil_InUtc_IsTheEndOfTheWindow(string windows, string at, string? until)
    {
        AccessHours hours = AccessHours.Parse(windows, "UTC", "hours").Value;
        Assert.Equal(until is null ? Ticks(at) : Ticks(until), hours.OpenUntil(Ticks(at)));
    }

    [Theory]
    [InlineData("2026-10-23T04:59Z", false)]
    [InlineData("2026-10-23T05:00Z", true)]
    [InlineData("2026-10-26T05:59Z", false)]
    [InlineData("2026-10-26T06:00Z", true)]
    public void OpenUntil_AroundTheEndOfSummerTime_GoesByTheClockOnTheWall(string at, bool open)
    {
        AccessHours hours = AccessHours.Parse("Mon-Fri 07:00-19:00", "Europe/Berlin", "hours").Value;
        Assert.Equal(open, hours.OpenUntil(Ticks(at)) > Ticks(at));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("Mon")]
    [InlineData("mon 07:00-19:00")]
    [InlineData("Mon 7:00-19:00")]
    [InlineData("Mon 07:00-25:00")]
    [InlineData("Mon 24:00-24:00")]
    [InlineData("Mon-Tue-Wed 07:00-08:00")]
    [InlineData("Mon 07:00-08:00-09:00")]
    [InlineData("Mon\u00a007:00-08:00")]
    public void Parse_NoHours_SaysHowTheyAreWritten(string windows)
    {
        Error? error = AccessHours.Parse(windows, "UTC", "hours").Error;
        Assert.Equal("hours", error?.Field);
        Assert.Contains("Mon-Fri 07:00-19:00", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    public void Parse_NoZone_NamesTheZone(string zone) =>
        Assert.Equal("time_zone_unknown", AccessHours.Parse("Mon 07:00-08:00", zone, "hours").Error?.Code);

    private static long Ticks(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).UtcTicks;
}
