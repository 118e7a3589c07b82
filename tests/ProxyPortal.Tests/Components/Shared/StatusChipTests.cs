using Bunit;
using ProxyPortal.Components.Shared;
using ProxyPortal.Components.Theme;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

[Trait("Database", "None")]
public sealed class StatusChipTests : PortalComponentTest
{
    [Theory]
    [InlineData(StatusTone.Well)]
    [InlineData(StatusTone.Soon)]
    [InlineData(StatusTone.Wrong)]
    [InlineData(StatusTone.Off)]
    [InlineData(StatusTone.Neutral)]
    public void EveryTone_IsSaidByColourAndIconAndText(StatusTone tone)
    {
        var chip = Render<StatusChip>(p => p.Add(c => c.Tone, tone).Add(c => c.Text, "Expires soon")).Find(".status");

        Assert.Contains($"status-{tone.ToString().ToLowerInvariant()}", chip.ClassList);
        Assert.Equal("true", chip.QuerySelector("svg")?.GetAttribute("aria-hidden"));
        Assert.Equal("Expires soon", TextOf(chip));
    }

    [Fact]
    public void Tones_HaveDifferentIcons()
    {
        var icons = Enum.GetValues<StatusTone>().Select(tone =>
            Render<StatusChip>(p => p.Add(c => c.Tone, tone).Add(c => c.Text, "x")).Find("svg").InnerHtml);

        Assert.Equal(Enum.GetValues<StatusTone>().Length, icons.Distinct().Count());
    }
}
