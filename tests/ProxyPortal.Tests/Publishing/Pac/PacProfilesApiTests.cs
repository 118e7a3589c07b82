using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ProxyPortal.Tests.Management;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Pac;

/// <summary><c>/api/v1/pac-profiles</c> and <c>/api/v1/connect</c> over the real portal.</summary>
public sealed class PacProfilesApiTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private string _token = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        await _portal.BootstrapAsync("""
            { "proxies": [{ "name": "hq-squid", "realm": "Example proxy", "callerKey": "canary-caller-0123456789-0123456789", "endpoints": [
                { "name": "open", "host": "open.example.test", "port": 3128, "visibility": "public" },
                { "name": "inside", "host": "inside.example.test", "port": 3129, "visibility": "groups" }] }] }
            """);
        _token = await _portal.AddTokenAsync("pac-profiles:write");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Profile_FromCreationToItsEnd()
    {
        ApiReply created = await _portal.PostAsync("/pac-profiles", _token, """{ "name": "branch", "bypass": [".Corp.example.org"], "routes": [{ "hosts": ["a.example"], "straight": true }], "endpoints": ["open"] }""", ("Idempotency-Key", "k1"));
        Assert.Equal(HttpStatusCode.Created, created.Status);
        string path = $"/pac-profiles/{created.Json["id"]}";
        Assert.EndsWith(path, created.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal((".corp.example.org", true, "/pac/branch.pac"), (created.Json["bypass"]![0]!.GetValue<string>(), created.Json["routes"]![0]!["straight"]!.GetValue<bool>(), new Uri(created.Json["url"]!.GetValue<string>()).AbsolutePath));
        ApiReply repeated = await _portal.PostAsync("/pac-profiles", _token, """{ "name": "branch", "bypass": [".Corp.example.org"], "routes": [{ "hosts": ["a.example"], "straight": true }], "endpoints": ["open"] }""", ("Idempotency-Key", "k1"));
        Assert.Equal(created.Text, repeated.Text);

        ApiReply changed = await PatchAsync(path, """{ "purpose": "For the branches" }""", created.Headers.ETag!.ToString());
        Assert.Equal(("For the branches", ".corp.example.org"), (changed.Json["purpose"]!.GetValue<string>(), changed.Json["bypass"]![0]!.GetValue<string>()));
        (await PatchAsync(path, """{ "purpose": null }""", created.Headers.ETag.ToString())).IsProblem(412, "conflict");
        (await _portal.SendAsync(HttpMethod.Delete, path, _token, null, ("If-Match", created.Headers.ETag.ToString()))).IsProblem(412, "conflict");
        Assert.Equal(1, (await _portal.GetAsync("/pac-profiles?search=BRANCHES", _token)).Json["total"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NoContent, (await _portal.SendAsync(HttpMethod.Delete, path, _token)).Status);
        (await _portal.GetAsync(path, _token)).IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("""{"name":"Big"}""", "name_invalid", "name")]
    [InlineData("""{}""", "name_invalid", "name")]
    [InlineData("""{"name":"x","bypass":["proxy\"; alert(1);//"]}""", "bypass_invalid", "bypass")]
    [InlineData("""{"name":"x","routes":[{"hosts":["a.example"],"straight":true},{"hosts":["b c"],"endpoints":["open"]}]}""", "hosts_invalid", "routes[1].hosts")]
    [InlineData("""{"name":"x","routes":[null]}""", "hosts_invalid", "routes[0].hosts")]
    [InlineData("""{"name":"x","routes":[{"hosts":["a.example"]}]}""", "endpoints_invalid", "routes[0].endpoints")]
    [InlineData("""{"name":"x","endpoints":["inside"]}""", "endpoints_invalid", "endpoints")]
    [InlineData("""{"name":"x","endpoints":[null]}""", "endpoints_invalid", "endpoints")]
    [InlineData("""{"name":"x","fallBack":true}""", "body_invalid", "fallBack")]
    [InlineData("""{"name":"x","isDefault":"yes"}""", "body_invalid", "isDefault")]
    public async Task Create_BadBody_IsRefusedByItsField(string json, string code, string field) => (await _portal.PostAsync("/pac-profiles", _token, json)).IsProblem(400, code, field);

    [Theory]
    [InlineData("?sort=PasswordHash", "sort_unknown", "sort")]
    [InlineData("?filter=passwordHash", "query_unknown", "filter")]
    [InlineData("?pageSize=100000", "pageSize_invalid", "pageSize")]
    public async Task List_BadQuery_IsRefused(string query, string code, string field) => (await _portal.GetAsync("/pac-profiles" + query, _token)).IsProblem(400, code, field);

    [Fact]
    public async Task Rules_TenThousand_AreRefusedInWords_AndFiveThousandAreTaken()
    {
        ApiReply many = await _portal.PostAsync("/pac-profiles", _token, BodyOf(10_000));
        many.IsProblem(400, "bypass_invalid", "bypass");
        Assert.Contains("10,000 rules", many.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await _portal.PostAsync("/pac-profiles", _token, BodyOf(5_000))).Status);
        using HttpClient browser = _portal.Browser();
        Assert.Contains("\"a-rather-long-name-of-a-host-4999.branches.example.org\": 1", await browser.GetStringAsync("/pac/many.pac", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_ReadersChangeNothing()
    {
        string reader = await _portal.AddTokenAsync("pac-profiles:read");
        (await _portal.PostAsync("/pac-profiles", reader, """{"name":"x"}""")).IsProblem(403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await _portal.GetAsync("/pac-profiles", reader)).Status);
    }

    [Fact]
    public async Task Connect_IsTheDocumentWithEveryEndpoint_AndItsTag()
    {
        string reader = await _portal.AddTokenAsync("endpoints:read");
        ApiReply reply = await _portal.GetAsync("/connect", reader);
        Assert.Equal(["inside", "open"], reply.Json["endpoints"]!.AsArray().Select(endpoint => endpoint!["name"]!.GetValue<string>()));
        using HttpClient browser = _portal.Browser();
        JsonObject published = JsonNode.Parse(await browser.GetStringAsync(PortalUrls.ConnectJson, Token))!.AsObject();
        Assert.Equal(published.Select(field => field.Key), reply.Json.AsObject().Select(field => field.Key));
        Assert.Equal(HttpStatusCode.NotModified, (await _portal.SendAsync(HttpMethod.Get, "/connect", reader, null, ("If-None-Match", reply.Headers.ETag!.ToString()))).Status);
        (await _portal.GetAsync("/connect", _token)).IsProblem(403, "forbidden");
    }

    private static string BodyOf(int hosts) =>
        new JsonObject { ["name"] = "many", ["bypass"] = new JsonArray([.. Enumerable.Range(0, hosts).Select(number => (JsonNode)$"a-rather-long-name-of-a-host-{number}.branches.example.org")]) }.ToJsonString();

    private Task<ApiReply> PatchAsync(string path, string json, string tag) =>
        _portal.SendAsync(HttpMethod.Patch, path, _token, new StringContent(json, Encoding.UTF8, "application/json"), ("If-Match", tag));
}
