using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ProxyPortal.Data;
using ProxyPortal.Tests.Management;
using Xunit;

namespace ProxyPortal.Tests.Groups;

/// <summary><c>/api/v1/groups</c> over the real portal.</summary>
public sealed class GroupsApiTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        _token = await _portal.AddTokenAsync("groups:write", "users:read");
        await _portal.BootstrapAsync("""
            { "expiryPolicies": [ { "name": "contractors", "deviceSecretMaxAgeDays": 90 } ],
              "proxies": [ { "name": "hq-squid", "realm": "Example", "endpoints": [ { "name": "hq", "host": "proxy.example.test", "port": 3128 } ] } ],
              "users": [ { "userId": "alice" } ] }
            """);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Group_FromCreationToItsEnd()
    {
        ApiReply created = await _portal.PostAsync("/groups", _token, """{"name":"staff","endpoints":["hq"],"schemes":["Basic"],"expiryPolicy":"contractors","hours":"Mon-Fri 07:00-19:00","deviceLimit":3}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        string path = $"/groups/{created.Json["id"]}";
        Assert.Equal($"/api/v1{path}", created.Headers.Location?.ToString());
        Assert.Equal("UTC", created.Json["timeZone"]!.GetValue<string>());

        ApiReply changed = await PatchAsync(path, """{"deviceLimit":null,"schemes":null,"hours":null,"description":"x"}""", created.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Null(changed.Json["deviceLimit"]);
        Assert.Null(changed.Json["schemes"]);
        Assert.Null(changed.Json["hours"]);
        Assert.Equal(["hq"], changed.Json["endpoints"]!.AsArray().Select(name => name!.GetValue<string>()));
        (await PatchAsync(path, """{"deviceLimit":1}""", created.Headers.ETag.ToString())).IsProblem(412, "version_conflict");

        ApiReply list = await _portal.GetAsync("/groups?search=sta&sort=-members", _token);
        Assert.Equal((1, "staff"), (list.Json["total"]!.GetValue<int>(), list.Json["items"]![0]!["name"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NoContent, (await _portal.SendAsync(HttpMethod.Delete, path, _token)).Status);
        (await _portal.GetAsync(path, _token)).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Members_AndTheEffectivePolicyOfAUser()
    {
        ApiReply created = await _portal.PostAsync("/groups", _token, """{"name":"staff","endpoints":["hq"],"expiryPolicy":"contractors"}""");
        string path = $"/groups/{created.Json["id"]}";
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Guid alice = db.Users.Single(user => user.UserName == "alice").Id;

        Assert.Equal(1, (await _portal.PostAsync($"{path}/members", _token, $$"""{"users":["{{alice}}"]}""")).Json["changed"]!.GetValue<int>());
        Assert.Equal("alice", (await _portal.GetAsync($"{path}/members", _token)).Json["items"]![0]!["userId"]!.GetValue<string>());
        ApiReply policy = await _portal.GetAsync("/users/alice/effective-policy", _token);
        JsonNode age = policy.Json["lines"]!.AsArray().Single(line => line!["rule"]!.GetValue<string>() == "deviceSecretMaxAgeDays")!;
        Assert.Equal((90, "policy", "contractors"), (age["value"]!.GetValue<int>(), age["sources"]![0]!["kind"]!.GetValue<string>(), age["sources"]![0]!["name"]!.GetValue<string>()));
        Assert.True(JsonNode.DeepEquals(policy.Json, (await _portal.GetAsync($"/users/{alice}/effective-policy", _token)).Json));
        Assert.Equal(HttpStatusCode.OK, (await _portal.GetAsync($"{path}/effective-policy", _token)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _portal.SendAsync(HttpMethod.Delete, $"{path}/members/{alice}", _token)).Status);
        Assert.Equal(0, (await _portal.GetAsync($"{path}/members", _token)).Json["total"]!.GetValue<int>());
        (await _portal.GetAsync("/users/nobody/effective-policy", _token)).IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("""{"name":"Staff"}""", 400, "name_invalid", "name")]
    [InlineData("""{"name":"staff","schemes":["Magic"]}""", 400, "schemes_invalid", "schemes")]
    [InlineData("""{"name":"staff","schemes":["NTLM"]}""", 400, "schemes_invalid", "schemes")]
    [InlineData("""{"name":"staff","schemes":[]}""", 400, "schemes_invalid", "schemes")]
    [InlineData("""{"name":"staff","endpoints":["nowhere"]}""", 400, "endpoints_invalid", "endpoints")]
    [InlineData("""{"name":"staff","timeZone":"UTC"}""", 400, "timeZone_invalid", "timeZone")]
    [InlineData("""{"name":"staff","networks":["10.1/16"]}""", 400, "network_invalid", "networks")]
    [InlineData("""{"name":"staff","deviceLimit":-1}""", 400, "deviceLimit_invalid", "deviceLimit")]
    [InlineData("""{"name":"staff","isAdmin":true}""", 400, "body_invalid", "isAdmin")]
    [InlineData("""{"name":"staff","endpoints":[null]}""", 400, "endpoints_invalid", "endpoints")]
    [InlineData("""{"name":"staff","networks":[null]}""", 400, "networks_invalid", "networks")]
    [InlineData("""{"name":"staff","schemes":[null]}""", 400, "schemes_invalid", "schemes")]
    [InlineData("{}", 400, "name_invalid", "name")]
    public async Task Create_BadBody_IsRefusedByItsField(string json, int status, string code, string field)
    {
        (await _portal.PostAsync("/groups", _token, json)).IsProblem(status, code, field);
        Assert.Equal(0, (await _portal.GetAsync("/groups", _token)).Json["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Scopes_ReadersChangeNothing()
    {
        string reader = await _portal.AddTokenAsync("groups:read");
        string stranger = await _portal.AddTokenAsync("proxies:write");
        Assert.Equal(HttpStatusCode.OK, (await _portal.GetAsync("/groups", reader)).Status);
        (await _portal.PostAsync("/groups", reader, """{"name":"staff"}""")).IsProblem(403, "forbidden");
        (await _portal.GetAsync("/groups", stranger)).IsProblem(403, "forbidden");
        (await _portal.GetAsync("/groups?sort=passwordHash", reader)).IsProblem(400, "sort_unknown", "sort");
    }

    private Task<ApiReply> PatchAsync(string path, string json, string etag) =>
        _portal.SendAsync(HttpMethod.Patch, path, _token, JsonContent.Create(JsonNode.Parse(json)), ("If-Match", etag));
}
