using Bunit;
using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

public sealed class BarPlotTests : PortalComponentTest
{
    [Fact]
    public void Parts_StandOnEachOther_AndAFewAreStillSeen()
    {
        var plot = Render<BarPlot>(parameters => parameters.Add(one => one.Summary, "Summary").Add(one => one.Marks, ["then", "now"]).Add(one => one.Columns,
            [new BarColumn("empty", new Bar(BarTone.Wrong, 0)), new BarColumn("both", new Bar(BarTone.Accent, 1500), new Bar(BarTone.Wrong, 500)), new BarColumn("few", new Bar(BarTone.Soon, 1))]));
        Assert.Equal(["both", "few"], plot.FindAll("title").Select(title => title.TextContent));
        Assert.Equal(["accent 25 75", "wrong 0 25", "soon 98.5 1.5"], plot.FindAll("rect:not(.hit)").Select(bar => $"{bar.ClassName} {bar.GetAttribute("y")} {bar.GetAttribute("height")}"));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 4)]
    [InlineData(10, 10)]
    [InlineData(108, 120)]
    [InlineData(1001, 1200)]
    [InlineData(9_999, 10_000)]
    public void Scale_EndsAtARoundNumber(long highest, long top) => Assert.Equal(top, BarPlot.ScaleFor(highest));
}
