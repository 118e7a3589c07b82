using Bunit;
using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

public sealed class SearchBoxTests : PortalComponentTest
{
    private readonly List<string?> _reported = [];

    [Fact]
    public async Task Value_ThatComesBackLate_LeavesWhatWasTypedSince()
    {
        IRenderedComponent<SearchBox> box = Box();
        await TypeAndPauseAsync(Field(box), "hq");
        await TypeAndPauseAsync(Field(box), "hq-");
        Assert.Equal(["hq", "hq-"], _reported);

        Arrives(box, "hq");
        Assert.Null(Field(box).GetAttribute("value"));
        Arrives(box, "hq-");
        Assert.Null(Field(box).GetAttribute("value"));
    }

    [Fact]
    public async Task Value_FromOutside_IsShown_AlsoAfterTyping()
    {
        IRenderedComponent<SearchBox> box = Box("at first");
        Assert.Equal("at first", Field(box).GetAttribute("value"));

        await TypeAndPauseAsync(Field(box), "hq");
        Arrives(box, "hq");
        Arrives(box, null);
        Assert.Null(Field(box).GetAttribute("value"));
        Arrives(box, "hq");
        Assert.Equal("hq", Field(box).GetAttribute("value"));
    }

    [Fact]
    public async Task Typing_WithoutPause_IsReportedOnce()
    {
        IRenderedComponent<SearchBox> box = Box();
        Task first = Field(box).InputAsync("h");
        await TypeAndPauseAsync(Field(box), " hq ");
        await first;
        Assert.Equal(["hq"], _reported);
    }

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<SearchBox> box) => box.Find("input");

    private static void Arrives(IRenderedComponent<SearchBox> box, string? value) => box.Render(parameters => parameters.Add(one => one.Value, value));

    private IRenderedComponent<SearchBox> Box(string? value = null) => Render<SearchBox>(parameters => parameters
        .Add(box => box.Label, "Search proxies")
        .Add(box => box.Value, value)
        .Add(box => box.ValueChanged, _reported.Add));
}
