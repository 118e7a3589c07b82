using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

public sealed class SecurityHeaderTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Nonce_OfEveryAnswer_IsItsOwnAndOnThePage()
    {
        using HttpClient browser = _portal.Browser();
        var nonces = new HashSet<string>();
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage answer = await browser.GetAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken);
            string nonce = answer.Headers.GetValues("Content-Security-Policy").Single().Split("'nonce-")[1].Split('\'')[0];
            Assert.Contains($"nonce=\"{WebUtility.HtmlEncode(nonce)}\"", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace(nonce, WebUtility.HtmlEncode(nonce), StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.True(nonces.Add(nonce));
        }
    }

    [Fact]
    public async Task ErrorPage_SomethingBroke_KeepsTheHeadersAndTellsNothing()
    {
        await using (PortalDbContext db = await _portal.OpenDatabaseAsync())
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE one_time_links RENAME TO gone", TestContext.Current.CancellationToken);
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(PortalUrls.SetPassword + "?token=abc", TestContext.Current.CancellationToken);
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Number of the incident", page, StringComparison.Ordinal);
        foreach (string inside in (string[])["SQLite", "Npgsql", "Exception", "one_time_links", " at ProxyPortal", "abc", "/src/"])
            Assert.DoesNotContain(inside, page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task Headers_RefusalsToo_AreComplete()
    {
        using HttpClient browser = _portal.Browser();
        foreach (string path in (string[])[PortalUrls.Home, "/nowhere", PortalUrls.HealthLive, "/app.css", "/_blazor"])
        {
            using HttpResponseMessage answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal((path, true), (path, answer.Headers.Contains("Content-Security-Policy") && answer.Headers.Contains("Cross-Origin-Opener-Policy")));
        }
    }
}
