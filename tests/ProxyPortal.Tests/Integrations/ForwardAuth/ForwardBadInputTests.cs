using System.Text;
using ProxyPortal.Core.Verification;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Integrations.ForwardAuth;

/// <summary>What no decent client or proxy sends to /auth/forward: nothing of it is ever answered by success, by a 5xx or by a redirect.</summary>
public sealed class ForwardBadInputTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private static readonly string Alice = ForwardReply.Basic("alice", VerifyHost.Password);
    private readonly VerifyHost _host = fixture.Host;

    public static TheoryData<string, string, RejectionReason> Malformed => new()
    {
        { "scheme only", "Basic", RejectionReason.HeaderMalformed },
        { "tab separator", $"Basic\t{Encoded("alice:pw")}", RejectionReason.HeaderMalformed },
        { "url-safe base64", "Basic YWxp-2U_cHc=", RejectionReason.HeaderMalformed },
        { "decoded without colon", "Basic YWxpY2U=", RejectionReason.HeaderMalformed },
        { "empty user", "Basic OnB3", RejectionReason.HeaderMalformed },
        { "decoded contains NUL", "Basic YWwAaWNlOnB3", RejectionReason.HeaderMalformed },
        { "NUL in the password", $"Basic {Encoded("alice:p\0w")}", RejectionReason.HeaderMalformed },
        { "decoded contains CRLF", "Basic YWxpY2UNCg0KOnB3", RejectionReason.HeaderMalformed },
        { "comma list", $"{Alice}, Digest username=\"x\"", RejectionReason.HeaderMalformed },
        { "comma list of the same", $"{Alice},{Alice}", RejectionReason.HeaderMalformed },
        { "scheme smuggle", "Basic:YWxpY2U6cHc=", RejectionReason.HeaderMalformed },
        { "unicode scheme", "Bas\u00C4\u00B1c YTpi", RejectionReason.HeaderMalformed },
        { "too long", $"Basic {new string('A', 20_000)}", RejectionReason.HeaderMalformed },
        { "password too long", $"Basic {Encoded("alice:" + new string('p', 300))}", RejectionReason.HeaderMalformed },
        { "no base64", "Basic ====", RejectionReason.HeaderMalformed },
        { "unknown scheme", "Foo YTpi", RejectionReason.SchemeUnsupported },
        { "scheme that is not offered", "Bearer canary-token", RejectionReason.SchemeUnsupported },
        { "digest", "Digest username=\"alice\"", RejectionReason.SchemeUnsupported },
        { "token of 60 KiB", $"Negotiate {new string('A', 60_000)}", RejectionReason.SchemeUnsupported },
        { "empty password", $"Basic {Encoded("alice:")}", RejectionReason.WrongSecret },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Forward_UnreadableCredentials_AreRejectedWithoutAHash(string row, string value, RejectionReason reason)
    {
        long hashes = _host.Gate.Computed;
        ForwardReply reply = await ForwardReply.AskAsync(_host, "/auth/forward", $"Proxy-Authorization: {value}");
        Assert.True((407, "") == (reply.Status, reply.Body), $"{row}: {reply.Comparable}");
        Assert.StartsWith("Basic realm=", reply["Proxy-Authenticate"], StringComparison.Ordinal);
        Assert.Equal((reason, hashes), (_host.Activity.Rejections()[0].Reason, _host.Gate.Computed));
        await _host.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("lower case scheme", "basic {0}")]
    [InlineData("missing padding", "Basic {0}", true)]
    [InlineData("several spaces", "Basic   {0}")]
    public async Task Forward_OtherSpelling_IsAccepted(string row, string format, bool unpadded = false)
    {
        string token = Encoded($"alice:{VerifyHost.Password}");
        ForwardReply reply = await ForwardReply.AskAsync(_host, "/auth/forward", "Proxy-Authorization: " + string.Format(System.Globalization.CultureInfo.InvariantCulture, format, unpadded ? token.TrimEnd('=') : token));
        Assert.True(reply.Status == 200, row);
    }

    [Fact]
    public async Task Forward_PasswordInLatin1_IsTheSamePassword()
    {
        await _host.AddUserAsync("latin", "canary gr\u00FC\u00DFe an alle");
        string token = Convert.ToBase64String(Encoding.Latin1.GetBytes("latin:canary gr\u00FC\u00DFe an alle"));
        Assert.Equal(200, (await ForwardReply.AskAsync(_host, "/auth/forward", $"Proxy-Authorization: Basic {token}")).Status);
    }

    [Theory]
    [InlineData("Proxy-Authorization", "")]
    [InlineData("X-Proxy-Authorization", "")]
    [InlineData("Authorization", "?from=authorization")]
    public async Task Forward_TwoHeaders_Are400(string header, string query)
    {
        ForwardReply reply = await ForwardReply.AskAsync(_host, "/auth/forward" + query, $"{header}: {Alice}", $"{header}: {Alice}");
        Assert.Equal((400, "credentials_ambiguous", ""), (reply.Status, reply["X-Portal-Error"], reply.Body));
    }

    [Theory]
    [InlineData("?ok=201")]
    [InlineData("?ok=2000")]
    [InlineData("?ok=")]
    [InlineData("?ok")]
    [InlineData("?OK=200")]
    [InlineData("?ok=200&ok=204")]
    [InlineData("?ok=200&ok=200")]
    [InlineData("?deny=200")]
    [InlineData("?deny=403")]
    [InlineData("?from=proxy")]
    [InlineData("?from=Authorization")]
    [InlineData("?schemes=")]
    [InlineData("?schemes=Basic,")]
    [InlineData("?schemes=Basic%2CDigest")]
    [InlineData("?schemes=Own")]
    [InlineData("?q=what+the+client+asked+a+site")]
    [InlineData("?ok=200&q=1")]
    [InlineData("?ok=200;deny=401")]
    [InlineData("?ok=200&")]
    [InlineData("?&ok=200")]
    [InlineData("?ok=200?ok=204")]
    [InlineData("?=")]
    [InlineData("?o%6B=200")]
    [InlineData("?password=canary")]
    [InlineData("?key=canary-caller-0123456789-0123456789")]
    public async Task Forward_OptionUnknownRepeatedOrWrong_Is400WhoeverAsks(string query)
    {
        ForwardReply right = await ForwardReply.AskAsync(_host, "/auth/forward" + query, $"Proxy-Authorization: {Alice}");
        ForwardReply none = await ForwardReply.AskAsync(_host, "/auth/forward" + query);
        Assert.Equal((400, "options_invalid", "", 400), (right.Status, right["X-Portal-Error"], right.Body, none.Status));
    }

    [Theory]
    [InlineData("?endpoint=")]
    [InlineData("?endpoint=nowhere")]
    [InlineData("?endpoint=hq%00")]
    [InlineData("?endpoint=hq+")]
    [InlineData("?endpoint=%zz")]
    public async Task Forward_EndpointThatIsNotTheCallers_Is403(string query)
    {
        ForwardReply reply = await ForwardReply.AskAsync(_host, "/auth/forward" + query, $"Proxy-Authorization: {Alice}");
        Assert.Equal((403, "endpoint_out_of_scope", ""), (reply.Status, reply["X-Portal-Error"], reply.Body));
    }

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.77")]
    [InlineData("127.0.0.1, 192.0.2.77", "192.0.2.77")]
    [InlineData("192.0.2.77:443", "192.0.2.77")]
    [InlineData("192.0.2.66\r\nX-Forwarded-For: 192.0.2.77", "192.0.2.77")]
    [InlineData("192.0.2.77\r\nForwarded: for=127.0.0.1\r\nX-Real-IP: 127.0.0.1", "192.0.2.77")]
    [InlineData("", null)]
    public async Task Forward_ClientAddress_IsTheRightmostEntry(string value, string? address)
    {
        await ForwardReply.AskAsync(_host, "/auth/forward", $"X-Forwarded-For: {value}", "Proxy-Authorization: Basic !");
        Assert.Equal(address, _host.Activity.Rejections()[0].ClientAddress?.ToString());
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("010.0.0.1")]
    [InlineData("127.1")]
    [InlineData("192.0.2.77, evil")]
    [InlineData("unix:")]
    public async Task Forward_ClientAddressThatIsNone_Is400(string value)
    {
        ForwardReply reply = await ForwardReply.AskAsync(_host, "/auth/forward", $"X-Forwarded-For: {value}", $"Proxy-Authorization: {Alice}");
        Assert.Equal((400, "clientAddress_invalid", ""), (reply.Status, reply["X-Portal-Error"], reply.Body));
    }

    [Fact]
    public async Task Forward_TenThousandAddresses_AreBounded()
    {
        ForwardReply reply = await ForwardReply.AskAsync(_host, "/auth/forward", $"X-Forwarded-For: {string.Concat(Enumerable.Repeat("1.1.1.1,", 10_000))}192.0.2.77", $"Proxy-Authorization: {Alice}");
        Assert.Equal(200, reply.Status);
    }

    // What a proxy that appends its client's path would send.
    [Theory]
    [InlineData("/auth/forward/../../metrics")]
    [InlineData("/auth/forward/%2e%2e/%2e%2e/metrics")]
    [InlineData("/auth/forward/..%2f..%2fmetrics?ok=204")]
    [InlineData("/auth/../auth/forward")]
    public async Task Forward_DotSegments_Are400(string target) =>
        Assert.Equal(400, (await ForwardReply.AskAsync(_host, target, $"Proxy-Authorization: {Alice}")).Status);

    [Theory]
    [InlineData("/auth/forward/")]
    [InlineData("/auth/forward/index.html")]
    [InlineData("/auth/Forward")]
    [InlineData("/auth%2fforward")]
    [InlineData("http://a/auth/forward")]
    public async Task Forward_OtherPath_IsNotThere(string target) =>
        Assert.Equal(404, (await ForwardReply.AskAsync(_host, target, $"Proxy-Authorization: {Alice}")).Status);

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
