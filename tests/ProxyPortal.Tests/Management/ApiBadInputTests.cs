using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using Xunit;

namespace ProxyPortal.Tests.Management;

/// <summary>What is not a proper request, over the real host: always a sentence in the one shape, never a page and never a 5xx.</summary>
public sealed class ApiBadInputTests(ApiBadInputTests.Host host) : IClassFixture<ApiBadInputTests.Host>
{
    private const string Good = """{"name":"n","scopes":["users:read"]}""";

    [Theory]
    [InlineData("no JSON", "name=n", "body_invalid", null)]
    [InlineData("empty", "", "request_invalid", null)]
    [InlineData("null", "null", "request_invalid", null)]
    [InlineData("array", "[]", "body_invalid", null)]
    [InlineData("text", "\"n\"", "body_invalid", null)]
    [InlineData("unknown member", """{"name":"n","scopes":["*"],"isAdmin":true}""", "body_invalid", "isAdmin")]
    [InlineData("member twice", """{"name":"n","name":"m","scopes":["*"]}""", "body_invalid", "name")]
    [InlineData("member twice, other case", """{"name":"n","NAME":"m","scopes":["*"]}""", "body_invalid", "NAME")]
    [InlineData("number for text", """{"name":1,"scopes":["*"]}""", "body_invalid", "name")]
    [InlineData("object for text", """{"name":{"$ne":null},"scopes":["*"]}""", "body_invalid", "name")]
    [InlineData("text for list", """{"name":"n","scopes":"*"}""", "body_invalid", "scopes")]
    [InlineData("null for text", """{"name":null,"scopes":["*"]}""", "body_invalid", "name")]
    [InlineData("nothing required", "{}", "body_invalid", null)]
    [InlineData("trailing comma", """{"name":"n","scopes":["*"],}""", "body_invalid", null)]
    [InlineData("trailing garbage", Good + " x", "body_invalid", null)]
    [InlineData("comment", "/* */" + Good, "body_invalid", null)]
    [InlineData("time without offset", """{"name":"n","scopes":["*"],"expiresAt":"2030-01-01T00:00:00"}""", "expiresAt_invalid", "expiresAt")]
    [InlineData("date alone", """{"name":"n","scopes":["*"],"expiresAt":"2030-01-01"}""", "expiresAt_invalid", "expiresAt")]
    [InlineData("30 February", """{"name":"n","scopes":["*"],"expiresAt":"2030-02-30T00:00:00Z"}""", "expiresAt_invalid", "expiresAt")]
    [InlineData("ambiguous", """{"name":"n","scopes":["*"],"expiresAt":"1/2/2030"}""", "expiresAt_invalid", "expiresAt")]
    [InlineData("offset overflow", """{"name":"n","scopes":["*"],"expiresAt":"9999-12-31T23:59:59-14:00"}""", "expiresAt_invalid", "expiresAt")]
    [InlineData("year 9999", """{"name":"n","scopes":["*"],"expiresAt":"9999-12-31T23:59:59.9999999Z"}""", "expiresAt_invalid", "expiresAt")]
    [InlineData("year 1", """{"name":"n","scopes":["*"],"expiresAt":"0001-01-01T00:00:00Z"}""", "expiresAt_invalid", "expiresAt")]
    [InlineData("seconds since 1970", """{"name":"n","scopes":["*"],"expiresAt":1900000000}""", "expiresAt_invalid", "expiresAt")]
    [InlineData("unknown scope", """{"name":"n","scopes":["user:read"]}""", "scopes_invalid", "scopes")]
    [InlineData("no scope", """{"name":"n","scopes":[]}""", "scopes_invalid", "scopes")]
    [InlineData("no name", """{"name":"","scopes":["*"]}""", "name_invalid", "name")]
    [InlineData("markup", """{"name":"<b>","scopes":["*"]}""", "name_invalid", "name")]
    public async Task Body_Row_IsRefusedByName(string row, string body, string code, string? field)
    {
        Assert.NotEmpty(row);
        (await host.Portal.PostAsync("/api-tokens", host.Token, body)).IsProblem(400, code, field);
    }

    [Fact]
    public async Task Body_TooDeep_IsRefused() =>
        (await host.Portal.PostAsync("/api-tokens", host.Token, new string('[', 10_000) + new string(']', 10_000))).IsProblem(400, "body_invalid");

    [Fact]
    public async Task Body_TooLarge_Is413WithAndWithoutLength()
    {
        string body = $$"""{"name":"{{new string('n', 100_000)}}","scopes":["*"]}""";
        (await host.Portal.PostAsync("/api-tokens", host.Token, body)).IsProblem(413, "body_too_large");
        (await host.Portal.PostAsync("/api-tokens", host.Token, body, ("Transfer-Encoding", "chunked"))).IsProblem(413, "body_too_large");
        (await host.Portal.PostAsync("/api-tokens", host.Token, body, ("Transfer-Encoding", "chunked"), ("Idempotency-Key", "k"))).IsProblem(413, "body_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=klingon")]
    [InlineData(null)]
    public async Task Body_OtherMediaType_Is415(string? type)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        (await host.Portal.SendAsync(HttpMethod.Post, "/api-tokens", host.Token, body)).IsProblem(415, "media_type_unsupported");
    }

    [Fact]
    public async Task Body_NotUtf8_IsRefused()
    {
        using var body = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\",\"scopes\":[\"*\"]}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        ApiReply reply = await host.Portal.SendAsync(HttpMethod.Post, "/api-tokens", host.Token, body);
        Assert.Equal((400, "application/problem+json"), ((int)reply.Status, reply.MediaType));
    }

    [Theory]
    [InlineData("/verifications?sort=passwordHash", "query_unknown", "sort")]
    [InlineData("/verifications?filter=passwordHash%20eq%20'a'", "query_unknown", "filter")]
    [InlineData("/verifications?user=a&user=b", "query_repeated", "user")]
    [InlineData("/verifications?page=0", "page_invalid", "page")]
    [InlineData("/verifications?page=-1", "page_invalid", "page")]
    [InlineData("/verifications?page=99999999999999999999", "page_invalid", "page")]
    [InlineData("/verifications?pageSize=201", "pageSize_invalid", "pageSize")]
    [InlineData("/verifications?pageSize=ten", "pageSize_invalid", "pageSize")]
    [InlineData("/verifications?code=nonsense", "code_unknown", "code")]
    [InlineData("/verifications?since=2026-01-01", "since_invalid", "since")]
    [InlineData("/verifications?since=2026-01-01T00:00:00", "since_invalid", "since")]
    [InlineData("/verifications?since=2026-01-01T00:00:00+01:00", "since_invalid", "since")]
    [InlineData("/verifications?until=2026-02-30T00:00:00Z", "until_invalid", "until")]
    [InlineData("/verifications/x", "id_invalid", "id")]
    [InlineData("/audit?actor=me", "actor_invalid", "actor")]
    [InlineData("/audit?target=99999999999999999999", "target_invalid", "target")]
    [InlineData("/audit?from=yesterday", "from_invalid", "from")]
    [InlineData("/audit/export?format=xlsx", "format_invalid", "format")]
    [InlineData("/audit/export?page=1", "query_unknown", "page")]
    [InlineData("/api-tokens?search=x", "query_unknown", "search")]
    public async Task Query_Row_IsRefusedByName(string path, string code, string field) =>
        (await host.Portal.GetAsync(path, host.Token)).IsProblem(400, code, field);

    [Fact]
    public async Task Query_SearchTooLong_IsRefused() =>
        (await host.Portal.GetAsync("/audit?search=" + new string('a', 5_000), host.Token)).IsProblem(400, "search_too_long", "search");

    [Theory]
    [InlineData("GET", "/nothing", 404, "not_found")]
    [InlineData("GET", "", 404, "not_found")]
    [InlineData("GET", "/api-tokens/99999999999999999999", 404, "not_found")]
    [InlineData("GET", "/api-tokens/0196f0c4-0000-7000-8000-000000000000", 404, "not_found")]
    [InlineData("POST", "/api-tokens/0196f0c4-0000-7000-8000-000000000000/revoke", 404, "not_found")]
    [InlineData("DELETE", "/verifications", 405, "method_not_allowed")]
    [InlineData("PUT", "/api-tokens", 405, "method_not_allowed")]
    [InlineData("OPTIONS", "/api-tokens", 405, "method_not_allowed")]
    [InlineData("POST", "/verify", 404, "not_found")]
    [InlineData("GET", "/%2Fapi-tokens", 404, "not_found")]
    public async Task Address_Row_IsRefusedForProgramsAndBrowsersAlike(string method, string path, int status, string code)
    {
        foreach (string? token in (string?[])[host.Token, null])
        {
            ApiReply reply = await host.Portal.SendAsync(new HttpMethod(method), path, token, null, ("Accept", "text/html"));
            // Whether a thing exists is told only to those who may call.
            if (token is null && path.Contains("0196f0c4", StringComparison.Ordinal))
                reply.IsProblem(401, "unauthenticated");
            else
                reply.IsProblem(status, code);
        }
    }

    [Fact]
    public async Task Address_WrongMethod_SaysWhichAreRight()
    {
        using HttpClient program = host.Portal.Browser();
        using HttpResponseMessage response = await program.DeleteAsync("/api/v1/api-tokens", TestContext.Current.CancellationToken);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Operation_ThatBreaks_IsAnIncidentWithoutAStack()
    {
        await RunAsync("ALTER TABLE verification_events RENAME TO verification_events_gone");
        ApiReply reply = await host.Portal.GetAsync("/verifications", host.Token);
        await RunAsync("ALTER TABLE verification_events_gone RENAME TO verification_events");
        reply.IsProblem(500, "internal");
        Assert.Equal(8, reply.Json["incident"]!.GetValue<string>().Length);
        Assert.DoesNotContain("verification_events", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_Busy_Is503AndMayBeTriedAgain()
    {
        IDisposable? turn = await host.Portal.Get<CommitCoordinator>().EnterAsync(TestContext.Current.CancellationToken);
        if (turn is null)
            return;
        ApiReply reply;
        using (turn)
            reply = await host.Portal.PostAsync("/api-tokens", host.Token, """{"name":"busy","scopes":["users:read"]}""");
        reply.IsProblem(503, "busy");
        Assert.Equal(TimeSpan.FromSeconds(1), reply.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.Created, (await host.Portal.PostAsync("/api-tokens", host.Token, """{"name":"busy","scopes":["users:read"]}""")).Status);
    }

    private async Task RunAsync(string sql)
    {
        await using PortalDbContext db = await host.Portal.OpenDatabaseAsync();
        await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }

    /// <summary>One portal for all rows: none changes anything.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public PortalHost Portal { get; private set; } = null!;

        public string Token { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Portal = await PortalHost.StartAsync();
            Token = await Portal.AddTokenAsync("*");
        }

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
