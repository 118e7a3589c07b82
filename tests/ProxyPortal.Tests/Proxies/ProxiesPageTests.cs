using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Components.Search;
using ProxyPortal.Proxies;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Proxies;

public sealed class ProxiesPageTests : PortalPageTest
{
    [Fact]
    public void NoProxies_TeachesTheNextStep()
    {
        var page = Open<ProxiesPage>();

        Reads(page, "No proxies yet");
        Assert.Equal(PortalUrls.NewProxy, Button(page, "Add your first proxy").GetAttribute("href"));
    }

    [Fact]
    public async Task Auditor_SeesProxies_AndNoWayToAddOne()
    {
        await AddProxyAsync();
        SignIn(await Host.AddPersonAsync("axel", PortalRole.Auditor));

        var page = Open<ProxiesPage>();

        Reads(page, "hq-squid");
        ReadsNot(page, "New proxy");
    }

    [Fact]
    public async Task PersonWithoutRole_IsToldSo()
    {
        SignIn(await Host.AddPersonAsync("alice", PortalRole.None));

        Reads(Open<ProxiesPage>(), "Not available to you");
    }

    [Fact]
    public async Task Proxy_IsShownWithAddressKeysAndWarning()
    {
        await AddProxyAsync();

        var page = Open<ProxiesPage>();

        Reads(page, "1 proxy");
        Reads(page, "proxy.example.test:3128");
        Reads(page, "hq · http · Basic");
        Reads(page, "In clear");
        Reads(page, "1 valid key");
        Reads(page, "Never called");
    }

    [Fact]
    public async Task LastCall_GoesFromNeverOverCallingToSilent()
    {
        CreatedProxy proxy = await AddProxyAsync();
        var page = Open<ProxiesPage>();
        Reads(page, "Never called");

        Call(proxy.Id);
        Time.Advance(TimeSpan.FromSeconds(2));
        Reads(page, "Calling");

        Time.Advance(ProxySilence.After);
        Time.Advance(TimeSpan.FromSeconds(2));
        Reads(page, "Silent");
    }

    [Fact]
    public async Task Search_StandsInTheAddress_AndOffersToClearItself()
    {
        await AddProxyAsync();
        await AddProxyAsync("edge", "edge", "edge.example.test");

        GoTo(PortalUrls.ProxiesMatching("EDGE.ex"));
        var found = Open<ProxiesPage>();
        Reads(found, "1 of 2 proxies");
        ReadsNot(found, "hq-squid");

        GoTo(PortalUrls.ProxiesMatching("nothing"));
        var none = Open<ProxiesPage>();
        Reads(none, "No proxy matches");
        Assert.Equal(PortalUrls.Proxies, Button(none, "Clear filters").GetAttribute("href"));
    }

    [Fact]
    public async Task Typing_ChangesTheAddress_AndNothingTypedIsLost()
    {
        await AddProxyAsync();
        var page = Open<ProxiesPage>();
        foreach (string text in new[] { "h", "hq" })
            page.Find("input[type=search]").Input(text);
        await TypeAndPauseAsync(page.Find("input[type=search]"), "hq-");

        page.WaitForAssertion(() => Assert.Equal(PortalUrls.ProxiesMatching("hq-"), Path));
        // The browser keeps what was typed: nothing older is written over it.
        Assert.Null(page.Find("input[type=search]").GetAttribute("value"));
    }

    [Fact]
    public async Task Palette_FindsProxiesByEndpointAddress_OnlyForThoseWhoMayRead()
    {
        await AddProxyAsync();
        IPaletteSource source = Services.GetServices<IPaletteSource>().Single(one => one.Kind == "Proxies");

        Assert.Equal("hq-squid", Assert.Single(await source.SearchAsync("example.test:31", Principal("Operator"), None)).Label);
        Assert.Empty(await source.SearchAsync("hq", Principal("None"), None));
        Assert.Empty(await source.SearchAsync("", Principal("Operator"), None));
    }

    private static System.Security.Claims.ClaimsPrincipal Principal(string role) => new(new System.Security.Claims.ClaimsIdentity(
        [new(System.Security.Claims.ClaimTypes.NameIdentifier, Guid.CreateVersion7().ToString()), new(System.Security.Claims.ClaimTypes.Role, role)], "test"));
}
