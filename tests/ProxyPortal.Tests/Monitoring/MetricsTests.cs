using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.ApiTokens;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Monitoring;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Monitoring;

/// <summary>The metrics over HTTP: who gets them, what they tell, and that they come when the database does not.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    private const string MetricsToken = "canary-metrics-token-0123456789-0123456789";
    private const string RevokedToken = "canary-revoked-token-0123456789-0123456789";
    private const string ExpiredToken = "canary-expired-token-0123456789-0123456789";
    private const string OtherToken = "canary-other-token-0123456789-0123456789";

    // Meters are seen by every host of this process: only what bears this name is certainly from here.
    private readonly string _endpoint = $"m{Guid.CreateVersion7():N}";
    private VerifyHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await VerifyHost.StartAsync(null, true, ("Kestrel:Endpoints:Metrics:Url", "http://127.0.0.1:0"));
        await _host.AddProxyAsync("branch", VerifyHost.OtherCallerKey, _endpoint);
        await _host.SaveAsync(db => db.ApiTokens.AddRange(
            new ApiToken { Name = "prometheus", Digest = SecretDigests.OfKey(MetricsToken), Hint = "…", Scopes = ["metrics:read"] },
            new ApiToken { Name = "revoked", Digest = SecretDigests.OfKey(RevokedToken), Hint = "…", Scopes = ["*"], RevokedAt = DateTimeOffset.UnixEpoch },
            new ApiToken { Name = "expired", Digest = SecretDigests.OfKey(ExpiredToken), Hint = "…", Scopes = ["metrics:read"], ExpiresAt = DateTimeOffset.UnixEpoch },
            new ApiToken { Name = "other", Digest = SecretDigests.OfKey(OtherToken), Hint = "…", Scopes = ["users:read"] }));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task VerifyListener_AnswersCallersAndTokensWithTheScope_AndNobodyElse()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(VerifyHost.CallerKey));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(MetricsToken));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(OtherToken));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(RevokedToken));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(ExpiredToken));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("canary-unknown-0123456789-0123456789"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(null));
        await _host.AssertUnharmedAsync();
    }

    [Fact]
    public async Task OwnListener_AnswersWithoutAKey_AndHasNothingElse()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_host.Services.GetRequiredService<Listeners>().Metrics!.Port}") };
        Assert.Contains("proxyportal_verifications_total", await client.GetStringAsync("/metrics", Token), StringComparison.Ordinal);
        foreach (string path in (string[])["/", "/metrics/", "/metrics?x=1", "/health/live", "/account/sign-in", "/api/v1/verify"])
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/metrics", null, Token)).StatusCode);
        using var portal = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_host.PortalPort}") };
        Assert.NotEqual(HttpStatusCode.OK, (await portal.GetAsync("/metrics", Token)).StatusCode);
    }

    [Fact]
    public async Task Text_CountsByTrueReason_AndNamesNobody()
    {
        await _host.AskAsync("alice", key: VerifyHost.OtherCallerKey);
        await _host.AskAsync("alice", key: VerifyHost.OtherCallerKey);
        await _host.AskAsync("alice", "canary wrong", key: VerifyHost.OtherCallerKey);
        await _host.AskAsync("canary-nobody", key: VerifyHost.OtherCallerKey);
        string text = await ScrapeAsync();
        Assert.Equal(2, Value(text, "ok", "true"));
        Assert.Equal(1, Value(text, "credential.wrong", "false"));
        Assert.Equal(1, Value(text, "credential.unknown_user", "false"));
        Assert.DoesNotContain("canary", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("alice", text, StringComparison.OrdinalIgnoreCase);
        foreach (string name in (string[])["verification_duration_seconds_bucket", "hash_waiting", "hash_computed_total", "hash_shed_total", "hash_waited_seconds_total", "proofs", "events_written_total",
            "events_waiting", "events_dropped_total", "directory_users", "directory_loaded_age_seconds", "directory_lag_seconds"])
            Assert.Contains($"\nproxyportal_{name}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_ComesWithoutItsDatabase()
    {
        // Known from an earlier scrape; a scrape itself would be answered a second time from the exporter's own memory.
        Assert.True(await _host.Services.GetRequiredService<MetricsTokens>().MayReadAsync(MetricsToken, Token));
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            foreach (string table in (string[])["verification_events", "api_tokens", "directory_changes"])
#pragma warning disable EF1002 // Names of the test itself.
                await db.Database.ExecuteSqlRawAsync($"ALTER TABLE {table} RENAME TO {table}_gone", Token);
#pragma warning restore EF1002
        }
        Assert.Equal("accepted", (await _host.AskAsync("alice", key: VerifyHost.OtherCallerKey)).Result);
        Assert.Equal(1, Value(await ScrapeAsync(MetricsToken), "ok", "true"));
    }

    private double Value(string text, string reason, string fromMemory)
    {
        string line = Assert.Single(text.Split('\n'), line => line.StartsWith("proxyportal_verifications_total{", StringComparison.Ordinal)
            && line.Contains($"endpoint=\"{_endpoint}\"", StringComparison.Ordinal) && line.Contains($"reason=\"{reason}\"", StringComparison.Ordinal)
            && line.Contains($"from_memory=\"{fromMemory}\"", StringComparison.Ordinal) && line.Contains("scheme=\"Basic\"", StringComparison.Ordinal));
        return double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<string> ScrapeAsync(string key = VerifyHost.CallerKey)
    {
        using HttpResponseMessage response = await GetAsync(key);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private async Task<HttpStatusCode> StatusAsync(string? key)
    {
        using HttpResponseMessage response = await GetAsync(key);
        return response.StatusCode;
    }

    private Task<HttpResponseMessage> GetAsync(string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return _host.Client.SendAsync(request, Token);
    }
}
