using System.Globalization;
using ProxyPortal.Languages;
using Xunit;

namespace ProxyPortal.Tests.Languages;

public sealed class ReaderZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin", "1 Jul 2026, 14:00 (Europe/Berlin)")]
    [InlineData("America/Argentina/Buenos_Aires", "1 Jul 2026, 09:00 (America/Argentina/Buenos_Aires)")]
    [InlineData("Etc/GMT+5", "1 Jul 2026, 07:00 (Etc/GMT+5)")]
    [InlineData("UTC", "1 Jul 2026, 12:00 UTC")]
    [InlineData(null, "1 Jul 2026, 12:00 UTC")]
    [InlineData("", "1 Jul 2026, 12:00 UTC")]
    [InlineData("../../../etc/passwd", "1 Jul 2026, 12:00 UTC")]
    [InlineData("/etc/localtime", "1 Jul 2026, 12:00 UTC")]
    [InlineData("Europe/Berlin\0x", "1 Jul 2026, 12:00 UTC")]
    [InlineData("Europe/Berlin/Europe/Berlin/Europe/Berlin/Europe/Berlin/Europe/Berlin", "1 Jul 2026, 12:00 UTC")]
    [InlineData("Größe/Wien", "1 Jul 2026, 12:00 UTC")]
    public void Text_IsByTheReadersClock_OrByUtc(string? zone, string text)
    {
        CultureInfo.CurrentCulture = new CultureInfo("en-GB");
        Assert.Equal(text, ReaderZone.Text(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero), zone));
    }
}
