using ProxyPortal.Audit;
using ProxyPortal.Components.Shared;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

/// <summary>Times that no calendar has must be refused: taken for "no time" they would set an account free for ever.</summary>
[Trait("Database", "None")]
public sealed class ZonedTimeFieldTests
{
    [Theory]
    [InlineData("2026-02-30T00:00")]
    [InlineData("2026-02-30")]
    [InlineData("0001-01-01T00:00")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("1/2/2026")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("2026-11-03T10:00Z")]
    [InlineData("99999999999999999999")]
    [InlineData("tomorrow-ish")]
    [InlineData("2026-11-03 10:00")]
    [InlineData("\u0662\u0660\u0662\u0666-11-03T10:00")]
    public void Read_NoTimeOfOurs_IsRefusedByTheRules(string typed)
    {
        foreach (string zone in (string[])["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Paris"])
        {
            DateTimeOffset? read = ZonedTimeField.Read(typed, TimeZoneInfo.FindSystemTimeZoneById(zone));
            Assert.NotNull(read);
            Assert.Equal("validUntil", UserInputRules.Check(new UserInput { UserId = "alice", ValidUntil = read })?.Field);
        }
    }

    [Theory]
    [InlineData("2026-11-03T10:00")]
    [InlineData("2026-11-03T10:00:00")]
    [InlineData("2026-11-03T10:00:00.000")]
    public void Read_FormsOfABrowser_AreTheSameTime(string typed) =>
        Assert.Equal(new DateTimeOffset(2026, 11, 3, 10, 0, 0, TimeSpan.Zero), ZonedTimeField.Read(typed, TimeZoneInfo.Utc));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Read_Nothing_IsNoTime(string? typed) => Assert.Null(ZonedTimeField.Read(typed, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00Z")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00Z")]
    public void Read_HourOfTheSwitch_IsOneDefiniteTime(string typed, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), ZonedTimeField.Read(typed, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")));

    [Theory]
    [InlineData("1/2/2026", false)]
    [InlineData("2026-02-30", false)]
    [InlineData("9999-12-31T23:59:59-14:00", false)]
    [InlineData("0001-01-01T00:00:00+14:00", false)]
    [InlineData("10:00", false)]
    [InlineData("2026-11-03T10:00:00Z", true)]
    [InlineData("2026-11-03", true)]
    public void Read_TimesOfAnAuditAddress_AreIsoOrNone(string text, bool understood) =>
        Assert.Equal(understood, AuditListView.Read(null, null, null, null, text, null, null, null).From is not null);
}
