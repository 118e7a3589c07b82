using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

public sealed class MissingPagesTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("/no/such/page")]
    [InlineData("/nothing-here")]
    public async Task UnknownPath_OpenedByAVisitor_IsAStaticPageWith404(string path)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await SendAsync(browser, HttpMethod.Get, path, "text/html");
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is nothing here", page, StringComparison.Ordinal);
        Assert.DoesNotContain("blazor-error-ui", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("*/*")]
    public async Task UnknownPath_AskedForByAProgram_IsBare404(string accept)
    {
        using HttpClient client = _portal.Browser();
        using HttpResponseMessage answer = await SendAsync(client, HttpMethod.Get, "/no/such/page", accept);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RefusalWithoutABody_OfAScript_StaysWhatItIs()
    {
        using HttpClient client = _portal.Browser();
        string page = await client.GetStringAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, PortalUrls.PasskeySetupOptions) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("RequestVerificationToken", PortalHost.TokenOf(page));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task UnknownPath_OpenedBySomeoneSignedIn_IsAPageOfThePortalWith404()
    {
        await _portal.AddUserAsync("alice");
        using HttpClient browser = _portal.Browser();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password))).Dispose();
        using HttpResponseMessage answer = await SendAsync(browser, HttpMethod.Get, "/no/such/page", "text/html");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Not available", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string accept)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.ParseAdd(accept);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
