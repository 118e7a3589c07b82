using ProxyPortal.Tests.Management;
using Xunit;

namespace ProxyPortal.Tests.Proxies;

public sealed class ProxiesApiTests : IAsyncLifetime
{
    private const string Squid = """{"name":"hq-squid","realm":"Example proxy","location":"Basement","endpoint":{"name":"hq","host":"Proxy.Example.test","port":3128,"schemes":["Basic"]}}""";
    private PortalHost _host = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _token = await _host.AddTokenAsync("proxies:write");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Proxy_FromItsCreationToItsEnd()
    {
        ApiReply created = await SendAsync("POST", "/proxies", Squid);
        Assert.Equal(201, (int)created.Status);
        Assert.True(Text(created, "callerKey").Length >= 32);
        string id = created.Json["id"]!.ToString();
        ApiReply read = await SendAsync("GET", $"/proxies/{id}");
        Assert.Equal(("hq-squid", "Basement"), (Text(read, "name"), Text(read, "location")));
        Assert.DoesNotContain(Text(created, "callerKey"), read.Text, StringComparison.Ordinal);
        Assert.Equal("proxy.example.test", read.Json["endpoints"]![0]!["host"]!.ToString());

        ApiReply changed = await SendAsync("PATCH", $"/proxies/{id}", """{"contact":"it@example.test"}""", ("If-Match", read.Headers.ETag!.Tag));
        Assert.Equal((200, "it@example.test", "Basement"), ((int)changed.Status, Text(changed, "contact"), Text(changed, "location")));
        ApiReply stale = await SendAsync("PATCH", $"/proxies/{id}", """{"contact":null}""", ("If-Match", read.Headers.ETag!.Tag));
        Assert.Equal((412, "conflict"), ((int)stale.Status, stale.Code));

        Assert.Equal(1, (int)(await SendAsync("GET", "/proxies?search=basem")).Json["total"]! + (int)(await SendAsync("GET", "/proxies?search=HQ")).Json["total"]!);
        Assert.Equal(204, (int)(await SendAsync("DELETE", $"/proxies/{id}")).Status);
        Assert.Equal(404, (int)(await SendAsync("GET", $"/proxies/{id}")).Status);
    }

    [Fact]
    public async Task Endpoints_AreAddedChangedListedAndRemoved()
    {
        string id = (await SendAsync("POST", "/proxies", Squid)).Json["id"]!.ToString();
        ApiReply added = await SendAsync("POST", $"/proxies/{id}/endpoints", """{"name":"tls","host":"proxy.example.test","port":3130,"transport":"https","tlsName":"proxy.example.test","visibility":"public"}""");
        Assert.Equal((201, "https", "public"), ((int)added.Status, Text(added, "transport"), Text(added, "visibility")));
        ApiReply list = await SendAsync("GET", "/endpoints?sort=-name");
        Assert.Equal((2, "tls"), ((int)list.Json["total"]!, list.Json["items"]![0]!["name"]!.ToString()));
        ApiReply moved = await SendAsync("PATCH", $"/endpoints/{Text(added, "id")}", """{"port":3131}""");
        Assert.Equal((200, "3131", "tls"), ((int)moved.Status, Text(moved, "port"), Text(moved, "name")));
        Assert.Equal(204, (int)(await SendAsync("DELETE", $"/endpoints/{Text(added, "id")}")).Status);
        Assert.Equal(404, (int)(await SendAsync("GET", $"/endpoints/{Text(added, "id")}")).Status);
    }

    [Fact]
    public async Task CallerKeys_AreIssuedRotatedNarrowedAndRevoked()
    {
        string id = (await SendAsync("POST", "/proxies", Squid)).Json["id"]!.ToString();
        ApiReply rotated = await SendAsync("POST", $"/proxies/{id}/caller-keys/rotate", """{"overlapHours":2}""");
        Assert.Equal(201, (int)rotated.Status);
        Assert.Equal((409, "too_many_keys"), await RefusalAsync("POST", $"/proxies/{id}/caller-keys", "{}"));
        ApiReply narrowed = await SendAsync("PATCH", $"/proxies/{id}/caller-keys/{Text(rotated, "id")}", """{"networks":["10.0.0.0/8"]}""");
        Assert.Equal((200, "10.0.0.0/8"), ((int)narrowed.Status, narrowed.Json["networks"]![0]!.ToString()));
        Assert.Equal(204, (int)(await SendAsync("DELETE", $"/proxies/{id}/caller-keys/{Text(rotated, "id")}")).Status);
        Assert.Equal((404, "not_found"), await RefusalAsync("DELETE", $"/proxies/{id}/caller-keys/{Guid.CreateVersion7()}", null));
    }

    [Theory]
    [InlineData("""{"name":"x"}""", 400, "body_invalid", null)]
    [InlineData("""{"name":"X!","realm":"r","endpoint":{"name":"e","host":"e.test","port":1}}""", 400, "name_invalid", "name")]
    [InlineData("""{"name":"x","realm":"\"","endpoint":{"name":"e","host":"e.test","port":1}}""", 400, "realm_invalid", "realm")]
    [InlineData("""{"name":"x","realm":"r","endpoint":{"name":"e","host":"127.1","port":1}}""", 400, "host_invalid", "endpoint.host")]
    [InlineData("""{"name":"x","realm":"r","endpoint":{"name":"e","host":"e.test","port":0}}""", 400, "port_invalid", "endpoint.port")]
    [InlineData("""{"name":"x","realm":"r","endpoint":{"name":"e","host":"e.test","port":"3128"}}""", 400, "body_invalid", "endpoint.port")]
    [InlineData("""{"name":"x","realm":"r","endpoint":{"name":"e","host":"e.test","port":1,"schemes":["Smoke"]}}""", 400, "schemes_invalid", "endpoint.schemes")]
    [InlineData("""{"name":"x","realm":"r","endpoint":{"name":"e","host":"e.test","port":1,"schemes":["NTLM"]}}""", 400, "schemes_invalid", "endpoint.schemes")]
    [InlineData("""{"name":"x","realm":"r","id":"1","endpoint":{"name":"e","host":"e.test","port":1}}""", 400, "body_invalid", "id")]
    [InlineData("""{"name":"x","name":"y","realm":"r","endpoint":{"name":"e","host":"e.test","port":1}}""", 400, "body_invalid", "name")]
    [InlineData("[]", 400, "body_invalid", null)]
    [InlineData("{", 400, "body_invalid", null)]
    public async Task Create_WithAFault_NamesItsField(string json, int status, string code, string? field)
    {
        ApiReply reply = await SendAsync("POST", "/proxies", json);
        Assert.Equal((status, "application/problem+json", code, field), ((int)reply.Status, reply.MediaType, reply.Code, reply.Field));
    }

    [Fact]
    public async Task TokenThatMayOnlyRead_ChangesNothing_AndOneOfAnotherKindSeesNothing()
    {
        string reader = await _host.AddTokenAsync("proxies:read");
        Assert.Equal(200, (int)(await _host.GetAsync("/proxies", reader)).Status);
        (await _host.PostAsync("/proxies", reader, Squid)).IsProblem(403, "forbidden");
        (await _host.GetAsync("/proxies", await _host.AddTokenAsync("users:write"))).IsProblem(403, "forbidden");
    }

    private static string Text(ApiReply reply, string field) => reply.Json[field]!.ToString();

    private Task<ApiReply> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers) => _host.SendAsync(
        new HttpMethod(method), path, _token, json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json"), headers);

    private async Task<(int Status, string? Code)> RefusalAsync(string method, string path, string? json)
    {
        ApiReply reply = await SendAsync(method, path, json);
        return ((int)reply.Status, reply.Code);
    }
}
