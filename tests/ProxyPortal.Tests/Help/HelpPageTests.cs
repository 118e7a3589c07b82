using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ProxyPortal.Core.Verification;
using ProxyPortal.Help;
using Xunit;

namespace ProxyPortal.Tests.Help;

public sealed class HelpPageTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Page_OfEveryReason_IsThereForEveryone_WithAFixForBoth()
    {
        using HttpClient browser = _portal.Browser();
        foreach (string code in Enum.GetValues<RejectionReason>().Where(reason => reason is not RejectionReason.None).Select(reason => reason.Code()).Append(RejectionReasons.PublicCode))
        {
            using HttpResponseMessage answer = await browser.GetAsync(PortalUrls.Help407(code), TestContext.Current.CancellationToken);
            string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            ReasonHelp help = ReasonHelp.Find(code)!;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.All([help.Title, help.Meaning, help.ForUser, help.ForAdministrator], text => Assert.Contains(text, page, StringComparison.Ordinal));
            Assert.DoesNotContain("src=\"_framework", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/help/407")]
    [InlineData("/help/407/ok")]
    [InlineData("/help/407/no.such.reason")]
    [InlineData("/help/407/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/help/407/CREDENTIAL.WRONG")]
    public async Task Page_WithoutAKnownReason_OffersThemAll(string path)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.All(ReasonHelp.Codes, code => Assert.Contains(PortalUrls.Help407(code), page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ForAGermanBrowser_IsGerman()
    {
        using HttpClient browser = _portal.Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-AT,de;q=0.9,en;q=0.5");
        string page = WebUtility.HtmlDecode(await browser.GetStringAsync(PortalUrls.Help407("credential.superseded"), TestContext.Current.CancellationToken));
        Assert.Contains("Ein altes Passwort", page, StringComparison.Ordinal);
        Assert.Contains("Was Sie tun können", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_OfEveryReason_AreThereInGermanToo()
    {
        IStringLocalizer words = _portal.Services.GetRequiredService<IStringLocalizer<HelpTexts>>();
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            foreach (ReasonHelp help in ReasonHelp.Codes.Select(code => ReasonHelp.Find(code)!))
            {
                Assert.All([help.Title, help.Meaning, help.ForUser, help.ForAdministrator], text =>
                {
                    Assert.NotEmpty(text);
                    Assert.False(words[text].ResourceNotFound, text);
                    Assert.NotEqual(text, words[text].Value);
                });
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
