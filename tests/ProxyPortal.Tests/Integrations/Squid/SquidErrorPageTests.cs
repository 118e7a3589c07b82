using System.Net;
using ProxyPortal.Integrations.Squid;
using Xunit;

namespace ProxyPortal.Tests.Integrations.Squid;

public sealed class SquidErrorPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_IsFetchedByAnyone_InEachLanguage_WithTheHelpersWordsAndTheWayToTheHelp()
    {
        await using PortalHost portal = await PortalHost.StartAsync();
        using HttpClient stranger = portal.Browser();
        foreach ((string language, string title) in (IEnumerable<(string, string)>)[("en", "The proxy asks you to sign in"), ("de", "Der Proxy bittet um eine Anmeldung")])
        {
            string page = await stranger.GetStringAsync(PortalUrls.SquidErrorPage(language, SquidErrorPages.SignIn), Token);
            Assert.StartsWith($"<!DOCTYPE html>\n<html lang=\"{language}\">", page, StringComparison.Ordinal);
            Assert.Contains(title, page, StringComparison.Ordinal);
            Assert.Contains("<p class=\"said said@Squid{%{code_}note}\">%m</p>", page, StringComparison.Ordinal);
            Assert.Contains("/help/407/@Squid{%{code_}note}?event=@Squid{%{id_}note}\"", page, StringComparison.Ordinal);
        }
        string denied = await stranger.GetStringAsync(PortalUrls.SquidErrorPage("en", SquidErrorPages.Denied), Token);
        Assert.Contains(">%o</p>", denied, StringComparison.Ordinal);
        Assert.Contains("You are signed in as <b>%a</b>.", denied, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", SquidErrorPages.SignIn)]
    [InlineData("en", "ERR_ACCESS_DENIED")]
    [InlineData("..", "..%2f..%2fetc%2fpasswd")]
    public async Task Page_ThatThereIsNot_IsNotFound(string language, string name)
    {
        await using PortalHost portal = await PortalHost.StartAsync();
        using HttpClient stranger = portal.Browser();
        using HttpResponseMessage answer = await stranger.GetAsync(new Uri($"/errors/squid/{language}/{name}", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    // A name is shown as it is: it is neither markup nor one of Squid's codes.
    [Fact]
    public async Task OrganisationWithCodesInItsName_IsTextOnly()
    {
        await using PortalHost portal = await PortalHost.StartAsync(new PortalStart { Settings = ["--Portal:OrganisationName=100% <b>@Squid{%un} & Co"] });
        using HttpClient stranger = portal.Browser();
        string page = await stranger.GetStringAsync(PortalUrls.SquidErrorPage("en", SquidErrorPages.Denied), Token);
        Assert.Contains("100%% &lt;b&gt;&#64;Squid{%%un} &amp; Co", page, StringComparison.Ordinal);
    }
}
