using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>The helper and its portals: what it sends, what it remembers, what it does without them.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperPortalTests(HelperBinary binary) : IClassFixture<HelperBinary>
{
    private const string Away = "BH code_=backend.unavailable The proxy cannot verify logins at the moment.";

    [Fact]
    public async Task Request_CarriesKeyFieldsAndNothingElse()
    {
        await using FakePortal portal = new(AcceptAsync);
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--endpoint", "hq");
        await helper.AskAsync("0 %c3%bclf p%25w 2001:db8::1 3128");
        SeenRequest seen = Assert.Single(portal.Requests);
        Assert.StartsWith("POST /api/v1/verify HTTP/1.1\r\n", seen.Head, StringComparison.Ordinal);
        Assert.Contains($"\r\nAuthorization: Bearer {HelperProcess.CallerKey}\r\n", seen.Head, StringComparison.Ordinal);
        Assert.Equal(
            ("Basic", "ülf", "p%w", "2001:db8::1", "hq"),
            (seen.Field("scheme"), seen.UserId, seen.Field("password"), seen.Field("clientAddress"), seen.Field("endpoint")));
    }

    [Fact]
    public async Task Memory_AsksOncePerUserPasswordAndAddress()
    {
        await using FakePortal portal = new(AnswerByPasswordAsync);
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        foreach (string line in (string[])["0 alice s3cret", "1 alice s3cret", "2 alice wrong", "3 alice wrong", "4 alice s3cret 192.0.2.1 3128", "5 alice s3cret"])
            await helper.AskAsync(line);
        Assert.Equal(3, portal.Requests.Count);
    }

    [Theory]
    [InlineData(0, "60s")]
    [InlineData(60, "0s")]
    public async Task Memory_NeverOutlivesTheShorterOfPortalAndOption(int validFor, string cacheTtl)
    {
        await using FakePortal portal = new(request => Task.FromResult(FakeAnswers.Accepted(request.UserId, validFor)));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--cache-ttl", cacheTtl);
        await helper.AskAsync("0 alice s3cret");
        await helper.AskAsync("0 alice s3cret");
        Assert.Equal(2, portal.Requests.Count);
    }

    [Fact]
    public async Task SameQuestionOnTwoChannels_IsAskedOnce()
    {
        TaskCompletionSource secondAsked = new();
        await using FakePortal portal = new(async request =>
        {
            if (request.UserId == "bob")
                secondAsked.SetResult();
            await secondAsked.Task;
            return FakeAnswers.Accepted(request.UserId);
        });
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--timeout", "20s");
        // Lines are read in order: when bob is asked about, both of alice's are known.
        await helper.SendAsync("1 alice s3cret\n2 alice s3cret\n3 bob s3cret\n");
        HashSet<string> channels = [];
        for (int i = 0; i < 3; i++)
            channels.Add((await helper.ReadLineAsync()).Split(' ')[0]);
        Assert.Equal(["1", "2", "3"], channels.Order(StringComparer.Ordinal));
        Assert.Equal(2, portal.Requests.Count);
    }

    [Fact]
    public async Task CallerKeyRefused_IsBhAndNamesTheFix()
    {
        await using FakePortal portal = new(_ => Task.FromResult(FakeAnswers.Problem(401, "caller")));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--grace", "5m");
        Assert.Equal($"0 {Away}", await helper.AskAsync("0 alice s3cret"));
        Assert.Equal($"1 {Away}", await helper.AskAsync("1 alice s3cret"));
        await helper.WaitForStderrAsync("status 401, the caller key is missing or wrong");
        await helper.EndAsync();
        Assert.Single(helper.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task PortalHangs_IsBhWhenTheTimeIsUp()
    {
        TaskCompletionSource<string> never = new();
        await using FakePortal portal = new(_ => never.Task);
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--timeout", "200ms");
        Assert.Equal($"0 {Away}", await helper.AskAsync("0 alice s3cret"));
    }

    [Fact]
    public async Task FirstPortalDeadOrHanging_TheNextIsAsked()
    {
        TaskCompletionSource<string> never = new();
        await using FakePortal hanging = new(_ => never.Task);
        await using FakePortal second = new(AcceptAsync);
        await using HelperProcess helper = HelperProcess.Start(
            binary, "--url", $"http://127.0.0.1:{FakePortal.FreePort()}", "--url", hanging.Url, "--url", second.Url, "--timeout", "6s");
        Assert.StartsWith("0 OK user=alice ", await helper.AskAsync("0 alice s3cret"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortalDeadAndBack_OnlyTheProbeAsksMeanwhile()
    {
        int port = FakePortal.FreePort();
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", $"http://127.0.0.1:{port}");
        for (int i = 0; i < 5; i++)
            Assert.Equal($"{i} {Away}", await helper.AskAsync($"{i} user{i} s3cret"));
        await helper.WaitForStderrAsync("does not answer");

        TaskCompletionSource probeMayEnd = new();
        await using FakePortal portal = new(
            async request =>
            {
                await probeMayEnd.Task;
                return request.UserId.Length == 0 ? FakeAnswers.Problem(400, "header.malformed") : FakeAnswers.Accepted(request.UserId);
            },
            new IPEndPoint(IPAddress.Loopback, port));
        Assert.Equal($"6 {Away}", await helper.AskAsync("6 alice s3cret"));
        probeMayEnd.SetResult();
        await helper.WaitForStderrAsync("answers again");
        Assert.StartsWith("7 OK user=alice ", await helper.AskAsync("7 alice s3cret"), StringComparison.Ordinal);
        Assert.Equal("alice", Assert.Single(portal.Requests, request => request.UserId.Length > 0).UserId);
    }

    [Fact]
    public async Task Grace_LetsInWhoWasAcceptedAndNotRejectedSince()
    {
        bool isDown = false;
        HashSet<string> revoked = [];
        await using FakePortal portal = new(request => Task.FromResult(
            isDown ? FakeAnswers.Problem(503, "overloaded")
            : revoked.Contains(request.UserId) ? FakeAnswers.Rejected(request.UserId)
            : FakeAnswers.Accepted(request.UserId, validFor: 0)));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--grace", "5m");
        await helper.AskAsync("0 alice s3cret 192.0.2.1 3128");
        await helper.AskAsync("0 bob s3cret 192.0.2.1 3128");
        revoked.Add("bob");
        // Told at another address: it is the same user and password.
        Assert.StartsWith("0 ERR ", await helper.AskAsync("0 bob s3cret 192.0.2.2 3128"), StringComparison.Ordinal);
        isDown = true;
        Assert.StartsWith("1 OK user=alice ", await helper.AskAsync("1 alice s3cret 192.0.2.1 3128"), StringComparison.Ordinal);
        Assert.Equal($"2 {Away}", await helper.AskAsync("2 bob s3cret 192.0.2.1 3128"));
        Assert.Equal($"3 {Away}", await helper.AskAsync("3 alice other 192.0.2.1 3128"));
        // The circuit is open now, and memory still counts.
        foreach (string user in (string[])["u1", "u2", "u3"])
            Assert.Equal($"4 {Away}", await helper.AskAsync($"4 {user} s3cret"));
        await helper.WaitForStderrAsync("does not answer");
        Assert.StartsWith("5 OK user=alice ", await helper.AskAsync("5 alice s3cret 192.0.2.1 3128"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnixSocket_NeedsNoKey()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("pp").FullName, "portal.sock");
        await using FakePortal portal = new(AcceptAsync, new UnixDomainSocketEndPoint(path));
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        Assert.StartsWith("0 OK user=alice ", await helper.AskAsync("0 alice s3cret"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CertificateNobodyTrusts_IsBhAndNothingIsSent()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using FakePortal portal = new(AcceptAsync, certificate: certificate);
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url);
        Assert.Equal($"0 {Away}", await helper.AskAsync("0 alice s3cret"));
        await helper.WaitForStderrAsync("certificate");
        Assert.Empty(portal.Requests);
    }

    private static Task<string> AcceptAsync(SeenRequest request) => Task.FromResult(FakeAnswers.Accepted(request.UserId));

    private static Task<string> AnswerByPasswordAsync(SeenRequest request) =>
        Task.FromResult(request.Field("password") == "s3cret" ? FakeAnswers.Accepted(request.UserId) : FakeAnswers.Rejected(request.UserId));
}
