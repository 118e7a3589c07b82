using System.Net;
using System.Text;
using Xunit;

namespace ProxyPortal.Tests.Languages;

/// <summary>The form by which everybody, signed in or not, chooses a language.</summary>
public sealed class LanguageChoiceTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("/account/sign-in", "/account/sign-in")]
    [InlineData("//evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    public async Task Choice_IsKept_AndLeadsBackHere(string returnUrl, string leadsTo)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage chosen = await PostAsync(browser, ("language", "de"), ("returnUrl", returnUrl));
        Assert.Equal((HttpStatusCode.Redirect, leadsTo), (chosen.StatusCode, chosen.Headers.Location!.OriginalString));
        Assert.Contains("Anmelden", await browser.GetStringAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSuchLanguage_OrTwo_IsRefusedInWords()
    {
        using HttpClient browser = _portal.Browser();
        foreach ((string, string)[] fields in (IReadOnlyList<(string, string)[]>)[[], [("language", "xx")], [("language", "de"), ("language", "en")]])
            await RefusedAsync(await PostAsync(browser, fields));
    }

    // Bound by the framework these ended in its error page, empty, with a stack in the log for each.
    [Fact]
    public async Task Stranger_WithoutTheForm_IsRefusedInWords()
    {
        using HttpClient stranger = _portal.Browser();
        foreach (HttpContent? body in (IReadOnlyList<HttpContent?>)
        [
            null, new StringContent("""{"language":"de"}""", Encoding.UTF8, "application/json"), new FormUrlEncodedContent([KeyValuePair.Create("language", "de")]), new MultipartFormDataContent { { new StringContent("de"), "language" } },
        ])
        {
            HttpResponseMessage answer = await stranger.PostAsync(PortalUrls.Language, body, TestContext.Current.CancellationToken);
            await RefusedAsync(answer);
        }
    }

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.NotEmpty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, params (string Name, string Value)[] fields)
    {
        string page = await browser.GetStringAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken);
        return await PortalHost.PostAsync(browser, PortalUrls.Language, page, "", fields);
    }
}
