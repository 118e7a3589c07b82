using Bunit;
using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

[Trait("Database", "None")]
public sealed class EmptyStateTests : PortalComponentTest
{
    [Fact]
    public void NothingYet_OffersTheNextStep()
    {
        var empty = Render<EmptyState>(p => p
            .Add(e => e.Title, "No proxies yet").Add(e => e.ClearUrl, PortalUrls.Proxies)
            .Add(e => e.Action, $"<a href='{PortalUrls.NewProxy}'>Add proxy</a>"));

        Assert.Equal("No proxies yet", empty.Find("h2").TextContent);
        Assert.Equal("Add proxy", empty.Find("a").TextContent);
    }

    [Fact]
    public void NoMatch_OffersToClearTheFiltersAndNothingElse()
    {
        var empty = Render<EmptyState>(p => p
            .Add(e => e.Title, "No user matches").Add(e => e.NoMatch, true).Add(e => e.ClearUrl, PortalUrls.Users())
            .Add(e => e.Action, "<a href='/users/new'>Add user</a>"));

        var link = Assert.Single(empty.FindAll("a"));
        Assert.Equal("Clear filters", link.TextContent);
        Assert.Equal(PortalUrls.Users(), link.GetAttribute("href"));
    }

    [Fact]
    public void NoMatch_WithoutAddress_RaisesTheCallback()
    {
        bool isCleared = false;
        var empty = Render<EmptyState>(p => p.Add(e => e.Title, "No match").Add(e => e.NoMatch, true).Add(e => e.OnClear, () => isCleared = true));

        empty.Find("button").Click();

        Assert.True(isCleared);
    }
}
