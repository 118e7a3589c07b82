using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Bodies that are no verify request: each is told what is wrong, costs no hash and harms nobody.</summary>
public sealed class VerifyJsonTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private readonly VerifyHost _host = fixture.Host;

    /// <summary>Row, content type, body in Latin-1, status, code.</summary>
    public static TheoryData<string, string?, string, int, string> Rows => new()
    {
        { "empty body", "application/json", "", 400, "body_missing" },
        { "wrong content type", "text/plain", """{"userId":"a","password":"canary"}""", 415, "content_type" },
        { "no content type", null, """{"userId":"a","password":"canary"}""", 415, "content_type" },
        { "form", "application/x-www-form-urlencoded", "userId=a&password=canary", 415, "content_type" },
        { "content type that only begins alike", "application/json-patch+json", """{"userId":"a","password":"canary"}""", 415, "content_type" },
        { "UTF-8 BOM", "application/json", "\u00EF\u00BB\u00BF{\"userId\":\"a\",\"password\":\"canary\"}", 400, "json_invalid" },
        { "invalid UTF-8 in string", "application/json", "{\"userId\":\"\u00C3\u0028\",\"password\":\"canary\"}", 400, "json_invalid" },
        { "invalid UTF-8 in password", "application/json", "{\"userId\":\"alice\",\"password\":\"canary\u00C3\u0028\"}", 400, "json_invalid" },
        { "invalid UTF-8 in name", "application/json", "{\"user\u00C3\u0028\":\"a\",\"password\":\"canary\"}", 400, "json_unknown_field" },
        { "escaped NUL", "application/json", """{"userId":"ali\u0000ce","password":"canary"}""", 400, "userId_invalid" },
        { "escaped NUL in password", "application/json", """{"userId":"alice","password":"can\u0000ary"}""", 400, "password_invalid" },
        { "escaped half of a pair", "application/json", """{"userId":"alice\uD800","password":"canary"}""", 400, "json_invalid" },
        { "duplicate property", "application/json", """{"userId":"alice","userId":"admin","password":"canary"}""", 400, "json_duplicate" },
        { "duplicate property, escaped", "application/json", """{"userId":"alice","\u0075serId":"admin","password":"canary"}""", 400, "json_duplicate" },
        { "duplicate null", "application/json", """{"userId":null,"userId":"alice","password":"canary"}""", 400, "json_duplicate" },
        { "other case", "application/json", """{"UserId":"alice","password":"canary"}""", 400, "json_unknown_field" },
        { "unknown property", "application/json", """{"userId":"a","password":"canary","isAdmin":true}""", 400, "json_unknown_field" },
        { "root array", "application/json", """[{"userId":"a","password":"canary"}]""", 400, "json_invalid" },
        { "root string", "application/json", "\"alice:canary\"", 400, "json_invalid" },
        { "root null", "application/json", "null", 400, "json_invalid" },
        { "white space alone", "application/json", "  \n ", 400, "json_invalid" },
        { "empty object", "application/json", "{}", 400, "field_required" },
        { "null password", "application/json", """{"userId":"alice","password":null}""", 400, "field_required" },
        { "username is number", "application/json", """{"userId":1,"password":"canary"}""", 400, "json_invalid" },
        { "username is object (NoSQL style)", "application/json", """{"userId":{"$ne":null},"password":{"$ne":null}}""", 400, "json_invalid" },
        { "password array", "application/json", """{"userId":"alice","password":["canary"]}""", 400, "json_invalid" },
        { "trailing comma", "application/json", """{"userId":"a","password":"canary",}""", 400, "json_invalid" },
        { "trailing garbage", "application/json", """{"userId":"a","password":"canary"} x""", 400, "json_invalid" },
        { "two documents", "application/json", """{"userId":"a","password":"canary"}{"userId":"c","password":"d"}""", 400, "json_invalid" },
        { "comment", "application/json", """{"userId":"a",/* canary */"password":"b"}""", 400, "json_invalid" },
        { "single quotes", "application/json", "{'userId':'a','password':'canary'}", 400, "json_invalid" },
        { "NaN number", "application/json", """{"userId":"a","password":"canary","ttl":NaN}""", 400, "json_invalid" },
        { "number as string", "application/json", """{"userId":"a","password":"canary","ttl":"5"}""", 400, "json_unknown_field" },
        { "depth bomb", "application/json", new string('[', 8000) + new string(']', 8000), 400, "json_invalid" },
        { "depth bomb in a field", "application/json", "{\"x\":" + new string('[', 5000), 400, "json_invalid" },
        { "many keys same hash", "application/json", "{" + string.Join(',', Enumerable.Range(0, 1500).Select(i => $"\"k{i}\":1")) + "}", 400, "json_unknown_field" },
        { "cut off", "application/json", """{"userId":"alice","password":"cana""", 400, "json_invalid" },
        { "scheme unknown", "application/json", """{"scheme":"magic","userId":"a","password":"canary"}""", 400, "scheme_unknown" },
        { "scheme empty", "application/json", """{"scheme":"","userId":"a","password":"canary"}""", 400, "scheme_unknown" },
        { "scheme very long", "application/json", "{\"scheme\":\"" + new string('B', 300) + "\",\"userId\":\"a\",\"password\":\"canary\"}", 400, "scheme_unknown" },
        { "unicode scheme", "application/json", """{"scheme":"Bas\u0131c","userId":"a","password":"canary"}""", 400, "scheme_unknown" },
        { "both password and digest", "application/json", """{"scheme":"basic","userId":"a","password":"canary","digest":{}}""", 400, "fields_conflict" },
        { "both password and token", "application/json", """{"scheme":"basic","userId":"a","password":"canary","token":"x"}""", 400, "fields_conflict" },
        { "batch over limit", "application/json", """{"items":[{},{},{}]}""", 400, "json_unknown_field" },
        { "source ip octal", "application/json", """{"userId":"a","password":"canary","clientAddress":"010.0.0.1"}""", 400, "clientAddress_invalid" },
        { "source ip short", "application/json", """{"userId":"a","password":"canary","clientAddress":"127.1"}""", 400, "clientAddress_invalid" },
        { "source is no address", "application/json", """{"userId":"a","password":"canary","clientAddress":"localhost"}""", 400, "clientAddress_invalid" },
        { "source very long", "application/json", "{\"userId\":\"a\",\"password\":\"canary\",\"clientAddress\":\"" + new string('1', 5000) + "\"}", 400, "clientAddress_invalid" },
        { "bearer style token as password", "application/json", """{"scheme":"bearer","token":""}""", 400, "field_required" },
        { "bearer without token", "application/json", """{"scheme":"bearer","userId":"alice"}""", 400, "field_required" },
        { "oversize", "application/json", "{\"userId\":\"" + new string('a', 20_000) + "\"}", 413, "body_too_large" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Verify_Row_IsRefusedWithoutAHash(string row, string? contentType, string body, int status, string code)
    {
        long hashes = _host.Gate.Computed;
        int rejections = _host.Activity.Rejections().Count;
        VerifyReply reply = await _host.SendAsync(Encoding.Latin1.GetBytes(body), contentType);
        Assert.True((status, code) == (reply.Status, reply.Code), $"{row}: {reply.Status} {reply.Body}");
        Assert.Equal("application/problem+json", reply.ContentType);
        Assert.DoesNotContain("canary", reply.Body, StringComparison.Ordinal);
        Assert.Equal(hashes, _host.Gate.Computed);
        Assert.Equal(rejections, _host.Activity.Rejections().Count);
        await _host.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Verify_MistypedField_IsNamed() =>
        Assert.Contains("$.userId", (await _host.SendAsync("""{"userId":1,"password":"b"}"""))["detail"], StringComparison.Ordinal);

    [Fact]
    public async Task Verify_UnknownScheme_IsToldTheKnownOnes() =>
        Assert.Contains("Basic, Digest, Negotiate, NTLM, Bearer", (await _host.SendAsync("""{"scheme":"magic","userId":"a","password":"b"}"""))["detail"], StringComparison.Ordinal);

    [Fact]
    public async Task Verify_EmptyObject_NamesWhatIsRequired() => Assert.Equal("Required: userId, password.", (await _host.SendAsync("{}"))["detail"]);

    [Fact]
    public async Task Verify_AddressIn4In6_IsTakenAsIPv4()
    {
        await _host.SendAsync("""{"userId":"nobody","password":"b","clientAddress":"::ffff:10.0.0.1"}""");
        Assert.Equal("10.0.0.1", _host.Activity.Rejections()[0].ClientAddress!.ToString());
    }

    [Theory]
    [InlineData("GET instead of POST", "GET /api/v1/verify?userId=a&password=canary", 405, "method_not_allowed")]
    [InlineData("HEAD", "HEAD /api/v1/verify", 405, null)]
    [InlineData("PUT", "PUT /api/v1/verify", 405, "method_not_allowed")]
    [InlineData("credentials also in query", "POST /api/v1/verify?password=canary", 400, "secret_in_url")]
    [InlineData("token in query", "POST /api/v1/verify?access_token=canary", 400, "secret_in_url")]
    [InlineData("key in query string", "POST /api/v1/verify?api_key=canary", 400, "secret_in_url")]
    [InlineData("name of the parameter encoded", "POST /api/v1/verify?p%61ssword=canary", 400, "secret_in_url")]
    [InlineData("other case", "POST /api/v1/verify?PassWord=canary", 400, "secret_in_url")]
    [InlineData("another secret's name", "POST /api/v1/verify?callerKey=canary", 400, "secret_in_url")]
    public async Task Verify_Target_IsRefusedBeforeTheBody(string row, string requestLine, int status, string? code)
    {
        string answer = await RawHttp.SendAsync(_host.VerifyPort, $"{requestLine} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {VerifyHost.CallerKey}\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n");
        Assert.True(RawHttp.StatusOf(answer) == status, $"{row}: {answer}");
        Assert.True(code is null || answer.Contains($"\"{code}\"", StringComparison.Ordinal), answer);
        Assert.Equal(status == 405, answer.Contains("Allow: POST", StringComparison.Ordinal));
        await _host.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Verify_OversizeWithNoLength_IsCutOffAt16KiB()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _host.VerifyPort, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes($"POST /api/v1/verify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {VerifyHost.CallerKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"));
        byte[] chunk = Encoding.Latin1.GetBytes("1000\r\n" + new string(' ', 0x1000) + "\r\n");
        Task<string> answer = RawHttp.ReadToEndAsync(socket);
        long sent = 0;
        try
        {
            while (sent < 100_000_000 && !answer.IsCompleted)
                sent += await socket.SendAsync(chunk, TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            // Closed, as it should be.
        }
        string text = await answer;
        Assert.True(RawHttp.StatusOf(text) == 413, text);
        Assert.True(sent < 20_000_000, $"{sent} bytes were taken");
        await _host.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Verify_BodyInManyPieces_IsOneRequest()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _host.VerifyPort, TestContext.Current.CancellationToken);
        string body = $$"""{"userId":"alice","password":"{{VerifyHost.Password}}"}""";
        string request = $"POST /api/v1/verify HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {VerifyHost.CallerKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + string.Concat(body.Select(c => $"1\r\n{c}\r\n")) + "0\r\n\r\n";
        foreach (char c in request)
            await socket.SendAsync(new[] { (byte)c }, TestContext.Current.CancellationToken);
        Assert.Contains("\"accepted\"", await RawHttp.ReadToEndAsync(socket), StringComparison.Ordinal);
    }
}
