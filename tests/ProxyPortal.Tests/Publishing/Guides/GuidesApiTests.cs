using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ProxyPortal.Tests.Management;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Guides;

/// <summary><c>/api/v1/guides</c> over the real portal.</summary>
public sealed class GuidesApiTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        _token = await _portal.AddTokenAsync("*");
        await _portal.BootstrapAsync("""{ "proxies": [ { "name": "hq-squid", "realm": "Example", "endpoints": [ { "name": "hq", "host": "proxy.example.test", "port": 3128 } ] } ] }""");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Guide_FromCreationToItsEnd()
    {
        ApiReply created = await _portal.PostAsync("/guides", _token, """{"slug":"printers","language":"en","title":"Printers","text":"Port {{endpoint.hq.prot}}","visibility":"signedIn"}""");
        Assert.Equal((HttpStatusCode.Created, "/api/v1/guides/printers/en", "draft"), (created.Status, created.Headers.Location?.ToString(), created.Json["state"]!.GetValue<string>()));
        (await _portal.PostAsync("/guides/printers/en/publish", _token, "{}")).IsProblem(400, "placeholder_unknown", "text");

        ApiReply changed = await PatchAsync("/guides/printers/en", """{"text":"Port {{endpoint.hq.port}}"}""", created.Headers.ETag!.ToString());
        Assert.Equal((2, "signedIn"), (changed.Json["versions"]!.AsArray().Count, changed.Json["visibility"]!.GetValue<string>()));
        (await PatchAsync("/guides/printers/en", """{"title":"x"}""", created.Headers.ETag.ToString())).IsProblem(412, "version_conflict");

        ApiReply published = await _portal.PostAsync("/guides/printers/en/publish", _token, "{}", ("If-Match", changed.Headers.ETag!.ToString()));
        Assert.Equal((2, "published"), (published.Json["publishedNumber"]!.GetValue<int>(), published.Json["state"]!.GetValue<string>()));
        Assert.Equal("Port {{endpoint.hq.prot}}", (await _portal.GetAsync("/guides/printers/en/versions/1", _token)).Json["text"]!.GetValue<string>());
        Assert.Equal("changed", (await _portal.PostAsync("/guides/printers/en/versions/1/restore", _token, null)).Json["state"]!.GetValue<string>());
        Assert.Equal("draft", (await _portal.PostAsync("/guides/printers/en/withdraw", _token, null)).Json["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await _portal.SendAsync(HttpMethod.Delete, "/guides/printers/en", _token)).Status);
        (await _portal.GetAsync("/guides/printers/en", _token)).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task List_HoldsTheShippedOnes_AndPages()
    {
        JsonNode german = (await _portal.GetAsync("/guides?language=de&pageSize=3", _token)).Json;
        Assert.Equal((8, 3, "shipped"), (german["total"]!.GetValue<int>(), german["items"]!.AsArray().Count, german["items"]![0]!["state"]!.GetValue<string>()));
        (await _portal.GetAsync("/guides?sort=title", _token)).IsProblem(400, "sort_unknown", "sort");
    }

    [Fact]
    public async Task Shipped_IsMadeOnesOwnByItsName()
    {
        (await PatchAsync("/guides/what-a-407-is/en", """{"title":"x"}""", null)).IsProblem(409, "guide_shipped");
        ApiReply own = await _portal.PostAsync("/guides", _token, """{"slug":"what-a-407-is","language":"en"}""");
        Assert.Equal((HttpStatusCode.Created, "published", 1), (own.Status, own.Json["state"]!.GetValue<string>(), own.Json["versions"]!.AsArray().Count));
        (await _portal.PostAsync("/guides", _token, """{"slug":"what-a-407-is","language":"en"}""")).IsProblem(409, "slug_taken", "slug");
        (await _portal.PostAsync("/guides", _token, """{"slug":"no-such","language":"en"}""")).IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("""{"slug":"../x","language":"en","title":"a","text":"b"}""", "slug_invalid", "slug")]
    [InlineData("""{"slug":"x","language":"tlh","title":"a","text":"b"}""", "language_invalid", "language")]
    [InlineData("""{"slug":"x","language":"en","title":"a"}""", "text_invalid", "text")]
    [InlineData("""{"slug":"x","language":"en","title":"a\u0000b","text":"b"}""", "title_invalid", "title")]
    [InlineData("""{"slug":"x","language":"en","title":"a","text":"b","position":-1}""", "position_invalid", "position")]
    public async Task Body_ThatCannotBe_IsRefused(string body, string code, string field) => (await _portal.PostAsync("/guides", _token, body)).IsProblem(400, code, field);

    private Task<ApiReply> PatchAsync(string path, string json, string? version) =>
        _portal.SendAsync(HttpMethod.Patch, path, _token, new StringContent(json, Encoding.UTF8, "application/json"), version is null ? [] : [("If-Match", version)]);
}
