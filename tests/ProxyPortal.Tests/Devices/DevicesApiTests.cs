using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.ApiTokens;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Devices;

public sealed class DevicesApiTests : IAsyncLifetime
{
    private const string Token = "canary-token-0123456789-0123456789-01";
    private const string Reader = "canary-reader-0123456789-0123456789-01";
    private PortalHost _portal = null!;
    private HttpClient _api = null!;
    private User _alice = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(fakeTime: true);
        _alice = await _portal.AddUserAsync("alice", password: null);
        await AddTokenAsync("automation", Token, "devices:write");
        await AddTokenAsync("reader", Reader, "devices:read");
        _api = Client(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Device_FromCreationToDeletion()
    {
        JsonElement created = await SendAsync(HttpMethod.Post, "users/ALICE/devices", """{"name":"Laptop","kind":"computer","note":"blue one","networks":["192.0.2.0/24"],"schemes":["Basic"]}""", HttpStatusCode.Created);
        Assert.Equal(("laptop", "alice+laptop", "approved"), (Text(created, "name"), Text(created, "login"), Text(created, "state")));
        string secret = Text(created, "secret")!;
        string path = $"devices/{Text(created, "id")}";

        JsonElement read = await SendAsync(HttpMethod.Get, path, null, HttpStatusCode.OK);
        Assert.False(read.TryGetProperty("secret", out _));
        Assert.DoesNotContain(secret, read.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("blue one", "192.0.2.0/24", "Basic"), (Text(read, "note"), read.GetProperty("networks")[0].GetString(), read.GetProperty("schemes")[0].GetString()));

        JsonElement changed = await SendAsync(HttpMethod.Patch, path, """{"note":null,"schemes":null}""", HttpStatusCode.OK);
        Assert.Equal((null, "computer", 1), (Text(changed, "note"), Text(changed, "kind"), changed.GetProperty("networks").GetArrayLength()));

        JsonElement rotated = await SendAsync(HttpMethod.Post, $"{path}/rotate", null, HttpStatusCode.OK);
        Assert.NotEqual(secret, Text(rotated, "secret"));
        Assert.Contains("/account/pair-device?token=", Text(await SendAsync(HttpMethod.Post, $"{path}/pairing-link", null, HttpStatusCode.OK), "link"), StringComparison.Ordinal);

        foreach (string list in (string[])["devices?state=approved&kind=computer&search=alice%2Blap", "users/alice/devices", $"users/{_alice.Id}/devices", "devices?user=alice&sort=-createdAt"])
            Assert.Equal(1, (await SendAsync(HttpMethod.Get, list, null, HttpStatusCode.OK)).GetProperty("total").GetInt32());

        JsonElement revoked = await SendAsync(HttpMethod.Post, $"{path}/revoke", """{"reason":"stolen"}""", HttpStatusCode.OK);
        Assert.Equal(("revoked", "stolen", "api:automation"), (Text(revoked, "state"), Text(revoked, "decisionReason"), Text(revoked, "decidedBy")));
        await SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Get, path, null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Requests_DecidedAloneAndTogether()
    {
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
            Text(await SendAsync(HttpMethod.Post, "users/alice/devices", $$"""{"name":"d{{i}}","requested":true,"reason":"for the road"}""", HttpStatusCode.Created), "id")!));
        Assert.Equal("approved", Text(await SendAsync(HttpMethod.Post, $"devices/{ids[0]}/approve", null, HttpStatusCode.OK), "state"));
        Assert.Equal("reason_required", Text(await SendAsync(HttpMethod.Post, $"devices/{ids[1]}/decline", null, HttpStatusCode.BadRequest), "code"));
        Assert.Equal("revoked", Text(await SendAsync(HttpMethod.Post, $"devices/{ids[1]}/decline", """{"reason":"not ours"}""", HttpStatusCode.OK), "state"));
        JsonElement decided = await SendAsync(HttpMethod.Post, "devices/decide", $$"""{"decision":"approve","ids":["{{ids[1]}}","{{ids[2]}}","{{ids[3]}}"]}""", HttpStatusCode.OK);
        Assert.Equal(["not_requested", null, null], decided.GetProperty("results").EnumerateArray().Select(row => Text(row, "code")));
        Assert.Equal(0, (await SendAsync(HttpMethod.Get, "devices?state=requested", null, HttpStatusCode.OK)).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("POST", "users/alice/devices", """{"name":"a+b"}""", 400, "name_invalid")]
    [InlineData("POST", "users/alice/devices", "{}", 400, "name_invalid")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","userId":"bob"}""", 400, "body_invalid")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","schemes":["Kerberos"]}""", 400, "schemes_invalid")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","kind":"toaster"}""", 400, "body_invalid")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","guest":true}""", 400, "expiresAt_required")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","networks":[null]}""", 400, "network_invalid")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","endpoints":[null]}""", 400, "endpoint_unknown")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","schemes":[null]}""", 400, "schemes_invalid")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","expiresAt":"tomorrow"}""", 400, "expiresAt_invalid")]
    [InlineData("POST", "users/alice/devices", """{"name":"x","requested":true}""", 400, "reason_required")]
    [InlineData("POST", "users/alice/devices", "null", 400, "request_invalid")]
    [InlineData("POST", "users/alice/devices", "[", 400, "body_invalid")]
    [InlineData("GET", "users/%01/devices", null, 404, "not_found")]
    [InlineData("GET", "users/alice%2Blaptop/devices", null, 404, "not_found")]
    [InlineData("POST", "users/alice/devices", """{"name":"Taken"}""", 409, "name_taken")]
    [InlineData("POST", "users/nobody/devices", """{"name":"x"}""", 404, "not_found")]
    [InlineData("GET", "users/nobody/devices", null, 404, "not_found")]
    [InlineData("GET", "devices?state=lost", null, 400, "state_invalid")]
    [InlineData("GET", "devices?kind=toaster", null, 400, "kind_invalid")]
    [InlineData("GET", "devices?secret=x", null, 400, "query_unknown")]
    [InlineData("GET", "devices?sort=secretDigest", null, 400, "sort_unknown")]
    [InlineData("GET", "devices/00000000-0000-0000-0000-000000000000", null, 404, "not_found")]
    [InlineData("GET", "devices/%2e%2e", null, 404, "not_found")]
    [InlineData("PATCH", "devices/00000000-0000-0000-0000-000000000000", "{}", 404, "not_found")]
    [InlineData("PATCH", "devices/TAKEN", """{"name":"other"}""", 400, "body_invalid")]
    [InlineData("POST", "devices/TAKEN/rotate", """{"overlapHours":-1}""", 400, "overlapHours_invalid")]
    [InlineData("POST", "devices/TAKEN/approve", null, 409, "not_requested")]
    [InlineData("POST", "devices/decide", """{"decision":"perhaps","ids":[]}""", 400, "decision_invalid")]
    [InlineData("POST", "devices/decide", """{"decision":"approve"}""", 400, "ids_invalid")]
    public async Task WrongCalls_AreRefusedInPlainWords(string method, string path, string? body, int status, string code)
    {
        JsonElement taken = await SendAsync(HttpMethod.Post, "users/alice/devices", """{"name":"taken"}""", HttpStatusCode.Created);
        JsonElement problem = await SendAsync(new HttpMethod(method), path.Replace("TAKEN", Text(taken, "id"), StringComparison.Ordinal), body, (HttpStatusCode)status);
        Assert.Equal(code, Text(problem, "code"));
    }

    [Fact]
    public async Task Change_OfAVersionThatIsOver_IsTold()
    {
        JsonElement created = await SendAsync(HttpMethod.Post, "users/alice/devices", """{"name":"laptop"}""", HttpStatusCode.Created);
        string path = $"devices/{Text(created, "id")}";
        using HttpResponseMessage read = await _api.GetAsync(path, None);
        await SendAsync(HttpMethod.Patch, path, """{"note":"first"}""", HttpStatusCode.OK);
        using var late = new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(new { note = "second" }) };
        late.Headers.IfMatch.Add(read.Headers.ETag!);
        using HttpResponseMessage answer = await _api.SendAsync(late, None);
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal("first", Text(await SendAsync(HttpMethod.Get, path, null, HttpStatusCode.OK), "note"));
    }

    [Fact]
    public async Task Scopes_ReadingIsNotWriting_AndRolesAreOutOfReach()
    {
        JsonElement created = await SendAsync(HttpMethod.Post, "users/alice/devices", """{"name":"laptop"}""", HttpStatusCode.Created);
        await _portal.AddUserAsync("root", PortalRole.Administrator);
        await SendAsync(HttpMethod.Post, "users/root/devices", """{"name":"laptop"}""", HttpStatusCode.Forbidden);
        using HttpClient reader = Client(Reader);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("devices", None)).StatusCode);
        foreach (string act in (string[])["approve", "decline", "revoke", "rotate", "pairing-link"])
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync($"devices/{Text(created, "id")}/{act}", null, None)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsJsonAsync("devices/decide", new { decision = "approve", ids = new[] { Text(created, "id") } }, None)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.DeleteAsync($"devices/{Text(created, "id")}", None)).StatusCode);
        using HttpClient nobody = Client("canary-nobody-0123456789-0123456789-01");
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("devices", None)).StatusCode);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    private HttpClient Client(string token)
    {
        HttpClient client = _portal.Browser();
        client.BaseAddress = new Uri(_portal.Portal, "/api/v1/");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using HttpResponseMessage answer = await _api.SendAsync(request, None);
        string text = await answer.Content.ReadAsStringAsync(None);
        Assert.True(expected == answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private async Task AddTokenAsync(string name, string token, string scope)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        db.ApiTokens.Add(new ApiToken { Name = name, Digest = SecretDigests.OfKey(token), Hint = "…", Scopes = [scope], CreatedBy = "test" });
        await db.SaveChangesAsync(None);
    }
}
