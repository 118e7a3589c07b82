using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

[Trait("Database", "None")]
public sealed class LocalTimeTests : PortalComponentTest
{
    [Fact]
    public void KnownZone_ShowsRelativeTimeAndNamesTheZone()
    {
        BrowserLivesIn("Europe/Berlin");

        var time = Render<LocalTime>(p => p.Add(t => t.Value, Time.GetUtcNow().AddMinutes(-3))).Find("time");

        Assert.Equal("3 minutes ago", time.TextContent);
        Assert.Equal("2026-11-03T11:57:00Z", time.GetAttribute("datetime"));
        Assert.Equal("3 Nov 2026, 12:57:00 UTC+1 (Europe/Berlin)", time.GetAttribute("title"));
    }

    [Theory]
    [InlineData("Asia/Kolkata", "3 Nov 2026, 17:30 UTC+5:30")]
    [InlineData("America/New_York", "3 Nov 2026, 07:00 UTC−5")]
    [InlineData("UTC", "3 Nov 2026, 12:00 UTC")]
    [InlineData("Mars/Olympus", "3 Nov 2026, 12:00 UTC")]
    public void Absolute_IsInTheBrowsersZone_OrUtcWhenItIsUnknown(string zone, string expected)
    {
        BrowserLivesIn(zone);

        var time = Render<LocalTime>(p => p.Add(t => t.Value, Time.GetUtcNow()).Add(t => t.Style, TimeStyle.Absolute)).Find("time");

        Assert.Equal(expected, time.TextContent);
    }

    [Fact]
    public void Zone_IsAskedOncePerCircuit()
    {
        BrowserLivesIn("Europe/Berlin");
        for (int i = 0; i < 3; i++)
            Render<LocalTime>(p => p.Add(t => t.Value, Time.GetUtcNow()));

        Assert.Single(JSInterop.Invocations["timeZone"]);
    }

    [Fact]
    public void RelativeTime_MovesOnWithTheClock()
    {
        BrowserLivesIn("UTC");
        var time = Render<LocalTime>(p => p.Add(t => t.Value, Time.GetUtcNow()));
        Assert.Equal("just now", time.Find("time").TextContent);

        Time.Advance(TimeSpan.FromMinutes(2));

        time.WaitForAssertion(() => Assert.Equal("2 minutes ago", time.Find("time").TextContent));
    }

    [Fact]
    public void NoTime_SaysSo() =>
        Assert.Equal("Never", Render<LocalTime>(p => p.Add(t => t.Value, null)).Find(".pp-quiet").TextContent);

    [Theory]
    [InlineData(30, "in less than a minute")]
    [InlineData(-30, "just now")]
    [InlineData(-60, "1 minute ago")]
    [InlineData(7_199, "in 1 hour")]
    [InlineData(-86_400 * 59, "59 days ago")]
    [InlineData(86_400 * 61, "in 2 months")]
    [InlineData(-86_400 * 800, "2 years ago")]
    public void Describe_RoundsDown(int seconds, string expected) =>
        Assert.Equal(expected, RelativeTime.Describe(Time.GetUtcNow().AddSeconds(seconds), Time.GetUtcNow(), Services.GetRequiredService<IStringLocalizer<SharedTexts>>()));

    private void BrowserLivesIn(string zone) => JSInterop.SetupModule("./js/clock.js").Setup<string?>("timeZone").SetResult(zone);
}
