using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.ApiTokens;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Management;

/// <summary>Who may call, and how that is said.</summary>
public sealed class ApiAuthenticationTests : IAsyncLifetime
{
    private const string Path = "/api-tokens";
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(fakeTime: true, "--Portal:PublicUrl=https://portal.example.test");

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Call_Token_IsAnswered()
    {
        string token = await _portal.AddTokenAsync("api-tokens:read");
        Assert.Equal(HttpStatusCode.OK, (await _portal.GetAsync(Path, token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _portal.SendAsync(HttpMethod.Get, Path, token, null, ("Host", "portal.example.test"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _portal.SendAsync(HttpMethod.Get, Path, null, null, ("Authorization", $"bearer {token}"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _portal.SendAsync(HttpMethod.Get, "/../v1/API-TOKENS", token)).Status);
    }

    [Fact]
    public async Task Call_UnknownHost_IsRefusedForPrograms()
    {
        string token = await _portal.AddTokenAsync("*");
        (await _portal.SendAsync(HttpMethod.Get, Path, token, null, ("Host", "evil.example"))).IsProblem(400, "host_unknown");
    }

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("another scheme", "Basic YWRtaW46YWRtaW4=")]
    [InlineData("empty", "Bearer ")]
    [InlineData("short", "Bearer pp_api_x")]
    [InlineData("unknown", "Bearer pp_api_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("too long", null)]
    public async Task Call_NoValidToken_Is401(string row, string? authorization)
    {
        authorization = row == "too long" ? "Bearer " + new string('a', 5000) : authorization;
        ApiReply reply = await _portal.SendAsync(HttpMethod.Get, Path, null, null, authorization is null ? [] : [("Authorization", authorization)]);
        reply.IsProblem(401, "unauthenticated");
        Assert.Equal((row, "Bearer"), (row, reply.Headers.WwwAuthenticate.Single().Scheme));
    }

    [Fact]
    public async Task Call_TwoHeaders_AreNoToken()
    {
        string token = await _portal.AddTokenAsync("*");
        string answer = await RawAsync($"GET /api/v1{Path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_RevokedOrExpired_Is401AtOnce()
    {
        string token = GeneratedSecret.Create(GeneratedSecret.ApiTokenPrefix);
        ApiToken row = await _portal.AddTokenAsync(token, one => (one.Scopes, one.ExpiresAt) = (["*"], _portal.Time.GetUtcNow().AddHours(1)));
        Assert.Equal(HttpStatusCode.OK, (await _portal.GetAsync(Path, token)).Status);
        _portal.Time.Advance(TimeSpan.FromHours(1));
        (await _portal.GetAsync(Path, token)).IsProblem(401, "unauthenticated");
        await ChangeAsync(row.Id, one => one.ExpiresAt = null);
        Assert.Equal(HttpStatusCode.OK, (await _portal.GetAsync(Path, token)).Status);
        await ChangeAsync(row.Id, one => one.RevokedAt = _portal.Time.GetUtcNow());
        (await _portal.GetAsync(Path, token)).IsProblem(401, "unauthenticated");
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("token")]
    [InlineData("api_key")]
    public async Task Call_TokenInAddress_IsRefusedEvenBesideTheHeader(string field)
    {
        string token = await _portal.AddTokenAsync("*");
        (await _portal.GetAsync($"{Path}?{field}={token}", null)).IsProblem(400, "secret_in_url", field);
        ApiReply beside = await _portal.GetAsync($"{Path}?{field}={token}", token);
        beside.IsProblem(400, "secret_in_url", field);
        Assert.DoesNotContain(token, beside.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_CookieOfAnAdministrator_OpensNothing()
    {
        await _portal.AddUserAsync("admin", PortalRole.Administrator, adjust: user => user.RequireSecondFactor = false);
        using HttpClient browser = _portal.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "admin"), ("password", PortalHost.Password))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(PortalUrls.Routes.Audit, TestContext.Current.CancellationToken)).StatusCode);
        using HttpResponseMessage response = await browser.GetAsync($"/api/v1{Path}", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Call_Token_IsNotedOncePerMinute()
    {
        string token = GeneratedSecret.Create(GeneratedSecret.ApiTokenPrefix);
        ApiToken row = await _portal.AddTokenAsync(token, one => one.Scopes = ["*"]);
        DateTimeOffset first = _portal.Time.GetUtcNow();
        await _portal.GetAsync(Path, token);
        Assert.Equal(first, await LastUsedAsync(row.Id));
        _portal.Time.Advance(TimeSpan.FromSeconds(59));
        await _portal.GetAsync(Path, token);
        Assert.Equal(first, await LastUsedAsync(row.Id));
        _portal.Time.Advance(TimeSpan.FromSeconds(1));
        await _portal.GetAsync(Path, token);
        Assert.Equal(first.AddMinutes(1), await LastUsedAsync(row.Id));
    }

    private async Task<DateTimeOffset?> LastUsedAsync(Guid id)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        return await db.ApiTokens.Where(row => row.Id == id).Select(row => row.LastUsedAt).SingleAsync(TestContext.Current.CancellationToken);
    }

    private async Task ChangeAsync(Guid id, Action<ApiToken> change)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        change(await db.ApiTokens.SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken));
        await db.SaveChangesAsync();
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _portal.Portal.Port, TestContext.Current.CancellationToken);
        await using System.Net.Sockets.NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
