using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ProxyPortal.Tests.Management;
using Xunit;

namespace ProxyPortal.Tests.ExpiryPolicies;

/// <summary><c>/api/v1/expiry-policies</c> over the real portal.</summary>
public sealed class ExpiryPoliciesApiTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        _token = await _portal.AddTokenAsync("groups:write");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Policy_FromCreationToItsEnd()
    {
        ApiReply created = await _portal.PostAsync("/expiry-policies", _token, """{"name":"contractors","isDefault":true,"deviceSecretMaxAgeDays":90,"holidays":["2026-12-25"],"warnDays":[14,7]}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        string path = $"/expiry-policies/{created.Json["id"]}";
        Assert.Equal("2026-12-25", created.Json["holidays"]![0]!.GetValue<string>());

        await _portal.AddUserAsync("alice", adjust: user => user.PasswordSetAt = TimeProvider.System.GetUtcNow().AddDays(-20));
        ApiReply impact = await _portal.PostAsync($"{path}/impact?pageSize=5", _token, """{"passwordMaxAgeDays":10}""");
        Assert.Equal((1, "alice", "credential.expired"), (impact.Json["now"]!["logins"]!.GetValue<int>(), impact.Json["items"]![0]!["login"]!.GetValue<string>(), impact.Json["items"]![0]!["reason"]!.GetValue<string>()));
        Assert.Null((await _portal.GetAsync(path, _token)).Json["passwordMaxAgeDays"]);

        ApiReply changed = await _portal.SendAsync(HttpMethod.Patch, path, _token, JsonContent.Create(JsonNode.Parse("""{"deviceSecretMaxAgeDays":null}""")), ("If-Match", created.Headers.ETag!.ToString()));
        Assert.Null(changed.Json["deviceSecretMaxAgeDays"]);
        Assert.True(changed.Json["isDefault"]!.GetValue<bool>());
        (await _portal.SendAsync(HttpMethod.Delete, path, _token, null, ("If-Match", created.Headers.ETag.ToString()))).IsProblem(412, "version_conflict");
        Assert.Equal(1, (await _portal.GetAsync("/expiry-policies?search=contr", _token)).Json["total"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NoContent, (await _portal.SendAsync(HttpMethod.Delete, path, _token)).Status);
        (await _portal.GetAsync(path, _token)).IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("""{"name":"x","jitterDays":-1}""", "jitterDays_invalid", "jitterDays")]
    [InlineData("""{"name":"x","passwordMinLength":8}""", "passwordMinLength_invalid", "passwordMinLength")]
    [InlineData("""{"name":"x","warnDays":[0]}""", "warnDays_invalid", "warnDays")]
    [InlineData("""{"name":"X"}""", "name_invalid", "name")]
    [InlineData("""{"name":"x","maxAge":1}""", "body_invalid", "maxAge")]
    [InlineData("{}", "name_invalid", "name")]
    public async Task Create_BadBody_IsRefusedByItsField(string json, string code, string field) => (await _portal.PostAsync("/expiry-policies", _token, json)).IsProblem(400, code, field);

    [Fact]
    public async Task Scopes_ReadersChangeNothing()
    {
        string reader = await _portal.AddTokenAsync("groups:read");
        (await _portal.PostAsync("/expiry-policies", reader, """{"name":"x"}""")).IsProblem(403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await _portal.GetAsync("/expiry-policies", reader)).Status);
        (await _portal.PostAsync($"/expiry-policies/{Guid.CreateVersion7()}/impact", reader, "{}")).IsProblem(404, "not_found");
    }
}
