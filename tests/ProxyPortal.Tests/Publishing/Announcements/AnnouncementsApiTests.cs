using System.Net;
using System.Text;
using ProxyPortal.Tests.Management;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Announcements;

/// <summary><c>/api/v1/announcements</c> over the real portal, and what strangers read of it.</summary>
public sealed class AnnouncementsApiTests : IAsyncLifetime
{
    private const string Move = """{ "endpoint": "old", "replacement": "new", "effectiveAt": "2090-01-01T06:00:00Z", "comment": "The old machine goes." }""";
    private PortalHost _portal = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(fakeTime: true);
        _portal.Time.SetUtcNow(new DateTimeOffset(2089, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await _portal.BootstrapAsync("""
            { "proxies": [{ "name": "hq-squid", "realm": "Example proxy", "callerKey": "canary-caller-0123456789-0123456789", "endpoints": [
                { "name": "old", "host": "old.example.test", "port": 3128, "visibility": "public" },
                { "name": "new", "host": "new.example.test", "port": 3129, "visibility": "public" },
                { "name": "inside", "host": "inside.example.test", "port": 3130, "visibility": "groups" }] }] }
            """);
        _token = await _portal.AddTokenAsync("announcements:write", "users:read");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Announcement_FromItsBeginningToItsEnd_AndStrangersReadIt()
    {
        ApiReply made = await _portal.PostAsync("/announcements", _token, Move, ("Idempotency-Key", "k1"));
        Assert.Equal(HttpStatusCode.Created, made.Status);
        string path = $"/announcements/{made.Json["id"]}";
        Assert.Equal(("old.example.test", "new.example.test", 0), (made.Json["old"]!["host"]!.GetValue<string>(), made.Json["new"]!["host"]!.GetValue<string>(), made.Json["stillUsing"]!.GetValue<int>()));
        Assert.Equal(made.Text, (await _portal.PostAsync("/announcements", _token, Move, ("Idempotency-Key", "k1"))).Text);
        (await _portal.PostAsync("/announcements", _token, Move)).IsProblem(409, "already_announced", "endpoint");
        Assert.Contains("""{"endpoint":"old","replacement":"new","endingSchemes":[],"effectiveAt":"2090-01-01T06:00:00Z","comment":"The old machine goes."}""", await ConnectAsync(), StringComparison.Ordinal);

        ApiReply changed = await PatchAsync(path, """{ "comment": null }""", made.Headers.ETag!.ToString());
        Assert.Null(changed.Json["comment"]);
        (await PatchAsync(path, """{ "comment": "x" }""", made.Headers.ETag.ToString())).IsProblem(412, "conflict");
        (await PatchAsync(path, """{ "effectiveAt": "2089-11-30T00:00:00Z" }""", changed.Headers.ETag!.ToString())).IsProblem(400, "date_invalid", "effectiveAt");
        (await _portal.PostAsync($"{path}/remind", _token, null)).IsProblem(409, "nobody_left");
        Assert.Equal(0, (await _portal.GetAsync($"{path}/users", _token)).Json["total"]!.GetValue<int>());

        Assert.Equal(HttpStatusCode.NoContent, (await _portal.PostAsync($"{path}/carry-out", _token, null)).Status);
        (await _portal.PostAsync($"{path}/carry-out", _token, null)).IsProblem(409, "announcement_over");
        string connect = await ConnectAsync();
        Assert.DoesNotContain("old.example.test", connect, StringComparison.Ordinal);
        Assert.EndsWith("\"changes\":[]}", connect, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Announcement_OfWhatIsNotPublic_IsNotToldToStrangers()
    {
        Assert.Equal(HttpStatusCode.Created, (await _portal.PostAsync("/announcements", _token, """{ "endpoint": "inside", "effectiveAt": "2090-01-01T06:00:00Z" }""")).Status);
        ApiReply made = await _portal.PostAsync("/announcements", _token, """{ "endpoint": "old", "replacement": "inside", "effectiveAt": "2090-01-01T06:00:00Z" }""");
        made.IsProblem(409, "already_announced", "endpoint");
        Assert.DoesNotContain("inside", await ConnectAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "endpoint": "old" }""", "date_missing", "effectiveAt")]
    [InlineData("""{ "endpoint": "old", "effectiveAt": "tomorrow" }""", "effectiveAt_invalid", "effectiveAt")]
    [InlineData("{}", "endpoint_unknown", "endpoint")]
    [InlineData("""{ "endpoint": "nowhere", "effectiveAt": "2090-01-01T06:00:00Z" }""", "endpoint_unknown", "endpoint")]
    [InlineData("""{ "endpoint": "old", "endingSchemes": [null], "effectiveAt": "2090-01-01T06:00:00Z" }""", "scheme_unknown", "endingSchemes")]
    [InlineData("""{ "endpoint": "old", "until": 1, "effectiveAt": "2090-01-01T06:00:00Z" }""", "body_invalid", "until")]
    public async Task Announce_BadInput_NamesTheField(string body, string code, string field) => (await _portal.PostAsync("/announcements", _token, body)).IsProblem(400, code, field);

    private Task<ApiReply> PatchAsync(string path, string json, string tag) =>
        _portal.SendAsync(HttpMethod.Patch, path, _token, new StringContent(json, Encoding.UTF8, "application/json"), ("If-Match", tag));

    private async Task<string> ConnectAsync()
    {
        using HttpClient stranger = _portal.Browser();
        return await stranger.GetStringAsync("/connect.json", TestContext.Current.CancellationToken);
    }
}
