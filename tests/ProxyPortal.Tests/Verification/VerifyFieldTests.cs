using System.Text.Json;
using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Names and passwords of every kind, end to end.</summary>
public sealed class VerifyFieldTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private readonly VerifyHost _host = fixture.Host;

    /// <summary>Row, user-id, code: names that cannot be asked about.</summary>
    public static TheoryData<string, string, string> BadNames => new()
    {
        { "empty username", "", "userId_invalid" },
        { "leading/trailing space", " alice ", "userId_invalid" },
        { "colon in username", "al:ice", "userId_invalid" },
        { "username 256 chars", new string('a', 256), "userId_too_long" },
        { "control chars", "ali\u0007ce", "userId_invalid" },
        { "CRLF in username (log forging)", "alice\r\n2026-01-01 OK admin logged in", "userId_invalid" },
        { "format string", "{0}%s%n${jndi:ldap://x}", "userId_invalid" },
        { "path chars", "../../etc/passwd", "userId_invalid" },
        { "device separator only", "alice+", "userId_invalid" },
        { "domain prefix", "CORP\\alice", "userId_invalid" },
        { "zero width space", "alice\u200B", "userId_invalid" },
        { "RTL override", "\u202Eecila", "userId_invalid" },
        { "BOM inside", "\uFEFFalice", "userId_invalid" },
        { "combining flood (zalgo)", "a" + new string('\u0301', 500), "userId_too_long" },
        { "normalisation expansion", new string('\uFDFA', 1000), "userId_too_long" },
        { "noncharacter", "\uFFFE", "userId_invalid" },
        { "variation selector", "alice\uFE0F", "userId_invalid" },
    };

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task Verify_NameThatNobodyCanHave_Is400WithoutAHash(string row, string userId, string code)
    {
        long hashes = _host.Gate.Computed;
        // Both spellings of JSON: characters as they are, and escaped.
        foreach (string name in new[] { JsonSerializer.Serialize(userId), "\"" + string.Concat(userId.Select(c => $"\\u{(int)c:X4}")) + "\"" })
        {
            VerifyReply reply = await _host.SendAsync($$"""{"userId":{{name}},"password":"canary"}""");
            Assert.True((400, code) == (reply.Status, reply.Code), $"{row}: {reply.Body}");
        }
        Assert.Equal(hashes, _host.Gate.Computed);
        await _host.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("format string", "{0}%s%n")]
    [InlineData("SQL metachar", "' OR 1=1--")]
    [InlineData("percent encoded", "al%69ce")]
    [InlineData("Turkish dotless i", "al\u0131ce")]
    [InlineData("Cyrillic homoglyph", "\u0430lice")]
    [InlineData("unknown device", "alice+unknown")]
    [InlineData("device of nobody", "nobody+laptop")]
    public async Task Verify_NameThatIsNobodys_IsRejectedAsAnyOther(string row, string userId)
    {
        VerifyReply reply = await _host.AskAsync(userId);
        Assert.True((200, "rejected", RejectionReasons.PublicCode) == (reply.Status, reply.Result, reply.Code), $"{row}: {reply.Body}");
        await _host.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("uppercase", "ALICE")]
    [InlineData("full width", "\uFF41\uFF4C\uFF49\uFF43\uFF45")]
    public async Task Verify_OtherSpellingOfTheName_IsTheSameAccount(string row, string userId)
    {
        VerifyReply reply = await _host.AskAsync(userId);
        Assert.True(("accepted", "alice") == (reply.Result, reply["user"]), $"{row}: {reply.Body}");
    }

    [Fact]
    public async Task Verify_KelvinSign_IsKate()
    {
        await _host.AddUserAsync("kate");
        Assert.Equal("kate", (await _host.AskAsync("\u212Aate"))["user"]);
    }

    [Fact]
    public async Task Verify_EmptyPassword_IsRejectedWithoutAHash()
    {
        long hashes = _host.Gate.Computed;
        VerifyReply reply = await _host.AskAsync("alice", "");
        Assert.Equal((200, RejectionReasons.PublicCode), (reply.Status, reply.Code));
        Assert.Equal(hashes, _host.Gate.Computed);
    }

    [Fact]
    public async Task Verify_LongNameOrPassword_IsRefusedWithoutAHash()
    {
        long hashes = _host.Gate.Computed;
        // Small enough to lie in the socket's buffers: the answer comes, and the connection closes, before the body was taken.
        Assert.Equal(413, (await _host.AskAsync(new string('a', 1 << 16))).Status);
        Assert.Equal("password_too_long", (await _host.AskAsync("alice", new string('p', 257))).Code);
        Assert.Equal("password_too_long", (await _host.AskAsync("alice", new string('p', 5000))).Code);
        Assert.Equal("password_invalid", (await _host.AskAsync("alice", "canary\u0007")).Code);
        Assert.Equal(hashes, _host.Gate.Computed);
        await _host.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Verify_UsernameOfAMegabyte_Is413BeforeItCame()
    {
        long hashes = _host.Gate.Computed;
        string answer = await RawHttp.SendAsync(_host.VerifyPort, $"POST /api/v1/verify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {VerifyHost.CallerKey}\r\nContent-Type: application/json\r\nContent-Length: 1048620\r\n\r\n{{\"userId\":\"aaaa");
        Assert.Equal(413, RawHttp.StatusOf(answer));
        Assert.Equal(hashes, _host.Gate.Computed);
        await _host.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("password 64 code points of emoji", "emoji", 64)]
    [InlineData("password 256 code points of emoji", "emoji256", 256)]
    public async Task Verify_LongestPassword_IsTakenWhole(string row, string userId, int characters)
    {
        string password = string.Concat(Enumerable.Repeat("\U0001F600", characters));
        await _host.AddUserAsync(userId, password);
        Assert.True((await _host.AskAsync(userId, password)).Result == "accepted", row);
        Assert.True((await _host.AskAsync(userId, password[..^2])).Result == "rejected", row);
    }

    [Fact]
    public async Task Verify_PasswordWithPlusOrOtherSpace_IsTheSamePassword()
    {
        await _host.AddUserAsync("plus", "canary a+b pass word");
        Assert.Equal("accepted", (await _host.AskAsync("plus", "canary a+b pass\u00A0word")).Result);
        Assert.Equal("rejected", (await _host.AskAsync("plus", "canary a b pass word")).Result);
    }

    [Theory]
    [InlineData("spoofed single", "X-Forwarded-For", "127.0.0.1")]
    [InlineData("chain", "X-Forwarded-For", "10.0.0.1, 203.0.113.9")]
    [InlineData("port suffix", "X-Forwarded-For", "203.0.113.9:443")]
    [InlineData("Forwarded rfc7239", "Forwarded", "for=127.0.0.1")]
    [InlineData("X-Forwarded-Host poisoning", "X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto spoof", "X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Prefix", "X-Forwarded-Prefix", "//evil.example")]
    [InlineData("client cert header spoof", "X-Client-Cert", "pem")]
    [InlineData("10000 entries", "X-Forwarded-For", null)]
    public async Task Verify_ForwardingHeader_IsNotBelieved(string row, string header, string? value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/verify");
        request.Content = new StringContent("""{"userId":"nobody","password":"b","clientAddress":"192.0.2.77"}""", null, "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {VerifyHost.CallerKey}");
        request.Headers.TryAddWithoutValidation(header, value ?? string.Join(',', Enumerable.Repeat("1.1.1.1", 10_000)));
        using HttpResponseMessage response = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == 200, row);
        Assert.Equal("192.0.2.77", _host.Activity.Rejections()[0].ClientAddress!.ToString());
        await _host.AssertUnharmedAsync();
    }
}
