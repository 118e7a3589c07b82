using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ProxyPortal.ApiTokens;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using Xunit;

namespace ProxyPortal.Tests.Users.Api;

public sealed class UsersApiTests : IAsyncLifetime
{
    private const string Key = "users-api-tests-0123456789-0123456789";
    private const string Reader = "users-api-reader-0123456789-0123456789";
    private static readonly CancellationToken None = CancellationToken.None;
    private PortalHost _host = null!;
    private HttpClient _api = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        await using PortalDbContext db = await _host.OpenDatabaseAsync();
        db.AddRange(
            new ApiToken { Name = "writer", Digest = SecretDigests.OfKey(Key), Hint = "users", Scopes = ["users:write"] },
            new ApiToken { Name = "reader", Digest = SecretDigests.OfKey(Reader), Hint = "users", Scopes = ["users:read"] },
            new Group { Name = "staff" });
        await db.SaveChangesAsync(None);
        _api = Client(Key);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task User_FromCreationToTheBinAndBack()
    {
        using HttpResponseMessage created = await _api.PostAsync("/api/v1/users", Json("""{"userId":"Alice","displayName":"Alice Abel","email":"alice@example.test","groups":["staff"],"tags":["Blue"],"validUntil":"2027-12-31T00:00:00Z"}"""), None);
        JsonElement body = await ReadAsync(created);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal($"/api/v1/users/{Id(body)}", created.Headers.Location!.OriginalString);
        Assert.Contains("token=", body.GetProperty("passwordLink").GetProperty("url").GetString(), StringComparison.Ordinal);

        JsonElement alice = await GetAsync("/api/v1/users/ALICE");
        Assert.Equal(("alice", "noCredential", "staff", "blue"), (Text(alice, "userId"), Text(alice, "status"), alice.GetProperty("groups")[0].GetString(), alice.GetProperty("tags")[0].GetString()));
        JsonElement list = await GetAsync("/api/v1/users?search=ali&status=noCredential&tag=blue&group=staff&sort=-createdAt");
        Assert.Equal((1, "alice"), (list.GetProperty("total").GetInt32(), Text(list.GetProperty("items")[0], "userId")));
        foreach (string field in (string[])["id", "userId", "displayName", "email", "status", "groups", "tags", "validFrom", "validUntil", "lastSeen"])
            Assert.True(list.GetProperty("items")[0].TryGetProperty(field, out _), field);

        Assert.Equal("suspended", Text(await SendAsync(HttpMethod.Post, "/api/v1/users/alice/suspend"), "status"));
        Assert.Equal("noCredential", Text(await SendAsync(HttpMethod.Post, "/api/v1/users/alice/resume"), "status"));
        Assert.Contains("token=", Text(await SendAsync(HttpMethod.Post, "/api/v1/users/alice/reset-link"), "url"), StringComparison.Ordinal);
        using (HttpResponseMessage deleted = await _api.DeleteAsync("/api/v1/users/alice", None))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("deleted", Text(await GetAsync("/api/v1/users/alice"), "status"));
        Assert.Equal("noCredential", Text(await SendAsync(HttpMethod.Post, "/api/v1/users/alice/restore"), "status"));
    }

    [Fact]
    public async Task Patch_ChangesWhatIsNamed_AndNullClears()
    {
        await _api.PostAsync("/api/v1/users", Json("""{"userId":"alice","displayName":"Alice","notes":"n","groups":["staff"],"tags":["a"]}"""), None);
        JsonElement patched = await SendAsync(HttpMethod.Patch, "/api/v1/users/alice", """{"notes":null,"daysFromFirstUse":30}""");
        Assert.Equal(("Alice", JsonValueKind.Null, 30, "staff"), (Text(patched, "displayName"), patched.GetProperty("notes").ValueKind, patched.GetProperty("daysFromFirstUse").GetInt32(), patched.GetProperty("groups")[0].GetString()));
    }

    [Fact]
    public async Task Patch_OfAVersionThatIsNoLongerThePresentOne_LosesNothing()
    {
        await _api.PostAsync("/api/v1/users", Json("""{"userId":"alice"}"""), None);
        using HttpResponseMessage read = await _api.GetAsync("/api/v1/users/alice", None);
        string version = read.Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync("""{"displayName":"first"}""", version)).StatusCode);
        using HttpResponseMessage second = await PatchAsync("""{"displayName":"second"}""", version);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version_conflict"), (second.StatusCode, Text(await ReadAsync(second), "code")));
        Assert.Equal("first", Text(await GetAsync("/api/v1/users/alice"), "displayName"));
    }

    [Theory]
    [InlineData("GET", "/api/v1/users?sort=PasswordHash", null, 400, "sort_unknown")]
    [InlineData("GET", "/api/v1/users?sort=name;drop", null, 400, "sort_unknown")]
    [InlineData("GET", "/api/v1/users?filter=passwordHash%20eq%20'a'", null, 400, "query_unknown")]
    [InlineData("GET", "/api/v1/users?status=gone", null, 400, "status_unknown")]
    [InlineData("GET", "/api/v1/users?page=0", null, 400, "page_invalid")]
    [InlineData("GET", "/api/v1/users?page=99999999999999999999", null, 400, "page_invalid")]
    [InlineData("GET", "/api/v1/users/99999999999999999999", null, 404, "not_found")]
    [InlineData("GET", "/api/v1/users/019add00-0000-7000-8000-000000000000", null, 404, "not_found")]
    [InlineData("POST", "/api/v1/users", """{"userId":"bob","passwordHash":"x"}""", 400, "body_invalid")]
    [InlineData("POST", "/api/v1/users", """{"userId":"al ice"}""", 400, null)]
    [InlineData("POST", "/api/v1/users", """{"userId":"taken"}""", 409, "userId_taken")]
    [InlineData("POST", "/api/v1/users", """{"userId":"bob","role":"administrator"}""", 403, "forbidden")]
    [InlineData("POST", "/api/v1/users", """{"userId":"bob","validUntil":"2026-02-30"}""", 400, "validUntil_invalid")]
    [InlineData("POST", "/api/v1/users", """{"userId":"bob","validUntil":"9999-12-31T23:59:59.9999999Z"}""", 400, "validUntil_invalid")]
    [InlineData("POST", "/api/v1/users", """{"userId":"bob","validUntil":"1/2/2026"}""", 400, "validUntil_invalid")]
    [InlineData("PATCH", "/api/v1/users/taken", """{"version":1}""", 400, "body_invalid")]
    [InlineData("POST", "/api/v1/users/bulk", """{"action":"suspend","preview":true}""", 400, "filter_missing")]
    [InlineData("POST", "/api/v1/users/bulk", """{"action":"explode","filter":{},"preview":true}""", 400, "body_invalid")]
    [InlineData("POST", "/api/v1/users/import?format=xlsx", "userId", 400, "format_unknown")]
    [InlineData("POST", "/api/v1/users/import?format=csv&colour=red", "userId", 400, "query_unknown")]
    [InlineData("GET", "/api/v1/users/export?format=pdf", null, 400, "format_unknown")]
    public async Task BadInput_IsRefusedWithItsCode(string method, string path, string? body, int status, string? code)
    {
        await _host.AddUserAsync("taken");
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path) { Content = body is null ? null : Json(body) };
        using HttpResponseMessage answer = await _api.SendAsync(request, None);
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        if (code is not null)
            Assert.Equal(code, Text(await ReadAsync(answer), "code"));
    }

    [Fact]
    public async Task LongSearch_AndWildcards_AreTakenAsText()
    {
        await _host.AddUserAsync("alice");
        Assert.Equal(0, (await GetAsync("/api/v1/users?search=%25%25%25%25_%25")).GetProperty("total").GetInt32());
        using HttpResponseMessage answer = await _api.GetAsync($"/api/v1/users?search={new string('a', 4000)}", None);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Bulk_PreviewThenRunThenUndo()
    {
        await _host.AddUserAsync("alice");
        await _host.AddUserAsync("bob");
        JsonElement preview = await SendAsync(HttpMethod.Post, "/api/v1/users/bulk", """{"action":"suspend","filter":{"search":"ali"},"preview":true}""");
        Assert.Equal((1, "alice"), (preview.GetProperty("changes").GetInt32(), preview.GetProperty("sample")[0].GetString()));
        JsonElement started = await SendAsync(HttpMethod.Post, "/api/v1/users/bulk", """{"action":"suspend","filter":{"search":"ali"},"expected":1}""");
        JsonElement job = await OverAsync(started);
        Assert.Equal(("done", 1, "alice"), (Text(job, "state"), job.GetProperty("changed").GetInt32(), Text(job.GetProperty("rows")[0], "userId")));
        Assert.Equal("suspended", Text(await GetAsync("/api/v1/users/alice"), "status"));
        await OverAsync(await SendAsync(HttpMethod.Post, $"/api/v1/users/jobs/{Id(started)}/undo"));
        Assert.Equal("active", Text(await GetAsync("/api/v1/users/alice"), "status"));
    }

    [Fact]
    public async Task Import_DryRunThenErrorsThenDone_AndExport()
    {
        const string Url = "/api/v1/users/import?format=csv";
        JsonElement dry = await SendAsync(HttpMethod.Post, Url + "&dryRun=true", "userId,email\nalice,a@example.test\nbob,nobody\n");
        Assert.Equal((1, 3, "email"), (dry.GetProperty("created").GetInt32(), dry.GetProperty("errors")[0].GetProperty("row").GetInt32(), Text(dry.GetProperty("errors")[0], "column")));
        using (HttpResponseMessage refused = await _api.PostAsync(Url, Json("userId,email\nalice,a@example.test\nbob,nobody\n"), None))
            Assert.Equal((HttpStatusCode.BadRequest, "import_invalid"), (refused.StatusCode, Text(await ReadAsync(refused), "code")));
        Assert.Equal(0, (await GetAsync("/api/v1/users?search=alice")).GetProperty("total").GetInt32());

        JsonElement done = await SendAsync(HttpMethod.Post, Url, "userId,email\nalice,a@example.test\n" + string.Concat(Enumerable.Range(0, 10_000).Select(number => $"user{number},\n")));
        Assert.Equal(10_001, done.GetProperty("created").GetInt32());
        using HttpResponseMessage export = await _api.GetAsync("/api/v1/users/export?format=csv&search=alice", None);
        Assert.Equal("text/csv", export.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\r\nalice,alice,a@example.test,person,noCredential,", await export.Content.ReadAsStringAsync(None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_ReadersChangeNothing_AndNobodyGetsNothing()
    {
        await _host.AddUserAsync("alice");
        using HttpClient reader = Client(Reader);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/v1/users/alice", None)).StatusCode);
        foreach (string path in (string[])["/api/v1/users/alice/suspend", "/api/v1/users/alice/reset-link", "/api/v1/users/alice/restore", "/api/v1/users/import?format=csv"])
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await reader.PostAsync(path, Json("userId\n"), None)).StatusCode));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/api/v1/users/bulk", Json("""{"action":"delete","filter":{}}"""), None)).StatusCode);
        using HttpClient nobody = Client("wrong-wrong-wrong-wrong-wrong-wrong-wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/users", None)).StatusCode);
    }

    private HttpClient Client(string key)
    {
        HttpClient client = _host.Browser();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    private async Task<JsonElement> OverAsync(JsonElement job)
    {
        while (Text(job, "state") is "waiting" or "running")
            job = await GetAsync($"/api/v1/users/jobs/{Id(job)}");
        return await GetAsync($"/api/v1/users/jobs/{Id(job)}");
    }

    private Task<HttpResponseMessage> PatchAsync(string body, string version)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/users/alice") { Content = Json(body) };
        request.Headers.IfMatch.Add(new(version));
        return _api.SendAsync(request, None);
    }

    private Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        using HttpResponseMessage answer = await _api.SendAsync(request, None);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(None)}");
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(None);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, body.StartsWith('{') ? "application/json" : "text/csv");

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string Id(JsonElement element) => Text(element, "id")!;
}
