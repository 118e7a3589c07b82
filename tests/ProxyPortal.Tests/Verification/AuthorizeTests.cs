using ProxyPortal.Core.Protocols;
using ProxyPortal.Core.Verification;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>What a proxy asks about somebody whose secret it has proved already.</summary>
public sealed class AuthorizeTests : IAsyncLifetime
{
    private readonly LeapingTime _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private VerifyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await VerifyHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Authorize_FollowsTheLiveState()
    {
        Guid bob = await _host.AddUserAsync("bob");
        await _host.AskAsync("bob");
        VerifyReply before = await AskAsync("""{"userId":"Bob","clientAddress":"192.0.2.10","endpoint":"hq"}""");
        Assert.Equal((200, "accepted", "bob"), (before.Status, before.Result, before["user"]));

        await _host.ChangeUserAsync(bob, user => user.SuspendedAt = _time.GetUtcNow());
        VerifyReply suspended = await AskAsync("""{"userId":"bob"}""");
        Assert.Equal((200, "rejected", "account.suspended"), (suspended.Status, suspended.Result, suspended.Code));

        await _host.ChangeUserAsync(bob, user => user.SuspendedAt = null);
        Assert.Equal("accepted", (await AskAsync("""{"userId":"bob"}""")).Result);
    }

    [Fact]
    public async Task Authorize_NamesAReasonOnlyIfTheSecretWasProvedHereWithinADay()
    {
        await _host.AddUserAsync("bob", adjust: user => user.ValidUntil = _time.GetUtcNow());
        VerifyReply unproved = await AskAsync("""{"userId":"bob"}""");
        Assert.Equal(RejectionReasons.PublicCode, unproved.Code);
        Assert.Equal(RejectionReason.AccountExpired, _host.Activity.Rejections()[0].Reason);
        Assert.Equal((await AskAsync("""{"userId":"nobody"}""")).WithoutId, unproved.WithoutId);

        Assert.Equal("account.expired", (await _host.AskAsync("bob")).Code);
        Assert.Equal("account.expired", (await AskAsync("""{"userId":"bob"}""")).Code);
        // A device of his that nobody proved is another credential.
        Assert.Equal(RejectionReasons.PublicCode, (await AskAsync("""{"userId":"bob+laptop"}""")).Code);

        _time.AdjustTime(_time.GetUtcNow().AddHours(25));
        Assert.Equal(RejectionReasons.PublicCode, (await AskAsync("""{"userId":"bob"}""")).Code);
    }

    [Fact]
    public async Task Authorize_IsNeitherAProofNorAGuess()
    {
        await _host.AddUserAsync("bob");
        long hashes = _host.Gate.Computed;
        Assert.Equal("accepted", (await AskAsync("""{"userId":"bob"}""")).Result);
        Assert.Equal(hashes, _host.Gate.Computed);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob", "wrong")).Code);
        Assert.Equal(RejectionReasons.PublicCode, (await AskAsync("""{"userId":"bob+nothing"}""")).Code);
    }

    [Fact]
    public async Task Authorize_AccountWithoutAUsablePassword_IsRejected()
    {
        Guid bob = await _host.AddUserAsync("bob");
        await _host.AskAsync("bob");
        await _host.ChangeUserAsync(bob, user => user.Role = PortalRole.Administrator);
        Assert.Equal(RejectionReasons.PublicCode, (await AskAsync("""{"userId":"bob"}""")).Code);
    }

    [Theory]
    [InlineData("", 400, "body_missing")]
    [InlineData("{", 400, "json_invalid")]
    [InlineData("[]", 400, "json_invalid")]
    [InlineData("null", 400, "json_invalid")]
    [InlineData("{}", 400, "field_required")]
    [InlineData("""{"userId":""}""", 400, "field_required")]
    [InlineData("""{"userId":7}""", 400, "json_invalid")]
    [InlineData("""{"userId":"a","userId":"b"}""", 400, "json_invalid")]
    [InlineData("""{"userId":"a","password":"canary"}""", 400, "json_invalid")]
    [InlineData("""{"userId":"a\u0000"}""", 400, "userId_invalid")]
    [InlineData("""{"userId":"a","clientAddress":"127.1"}""", 400, "clientAddress_invalid")]
    [InlineData("""{"userId":"a","endpoint":"elsewhere"}""", 403, "endpoint_out_of_scope")]
    [InlineData("""{"userId":"a","scheme":"Telepathy"}""", 400, "scheme_unknown")]
    [InlineData("""{"userId":"a"} x""", 400, "json_invalid")]
    public async Task Authorize_BadRequest_IsAFaultOfTheCaller(string body, int status, string code)
    {
        VerifyReply reply = await AskAsync(body);
        Assert.Equal((status, "application/problem+json", code), (reply.Status, reply.ContentType, reply.Code));
        await _host.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Authorize_WithoutTheCallerKey_Is401()
    {
        Assert.Equal(401, (await AskAsync("""{"userId":"alice"}""", key: null)).Status);
        Assert.Equal(401, (await AskAsync("""{"userId":"alice"}""", key: "another key")).Status);
    }

    [Fact]
    public async Task Acceptance_TellsWhenTheCredentialEndsSoon()
    {
        await _host.AddUserAsync("bob", adjust: user => user.ValidUntil = _time.GetUtcNow().AddMinutes(10));
        Assert.Equal("600", (await _host.AskAsync("bob"))["endsIn"]);
        Assert.Equal("600", (await AskAsync("""{"userId":"bob"}"""))["endsIn"]);
        Assert.Null((await _host.AskAsync("alice"))["endsIn"]);
    }

    [Fact]
    public async Task Backfill_RecordsWhoWasServedStale()
    {
        VerifyReply reply = await TellAsync("""{"served":[{"userId":"Alice","clientAddress":"192.0.2.10","count":3,"firstAgo":120,"lastAgo":60},{"count":9,"firstAgo":5,"lastAgo":0}]}""");
        Assert.Equal((204, ""), (reply.Status, reply.Body));
        Assert.Equal(
            [("", 9, 0.0, null), ("alice", 3, 60.0, "192.0.2.10")],
            _host.Activity.ServedStale().OrderBy(serving => serving.Login, StringComparer.Ordinal).Select(serving => (serving.Login, serving.Count, (_time.GetUtcNow() - serving.LastAt).TotalSeconds, serving.ClientAddress?.ToString())));
        Assert.All(_host.Activity.ServedStale(), serving => Assert.Equal("hq-squid", serving.ProxyName));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"served":[]}""")]
    [InlineData("""{"served":[null]}""")]
    [InlineData("""{"served":[{"userId":"a","count":0,"firstAgo":1,"lastAgo":1}]}""")]
    [InlineData("""{"served":[{"userId":"a","count":1,"firstAgo":1,"lastAgo":2}]}""")]
    [InlineData("""{"served":[{"userId":"a","count":1,"firstAgo":-1,"lastAgo":-1}]}""")]
    [InlineData("""{"served":[{"userId":"a","count":1,"firstAgo":1000000,"lastAgo":1}]}""")]
    [InlineData("""{"served":[{"userId":"a","count":1,"firstAgo":1,"lastAgo":1,"clientAddress":"nowhere"}]}""")]
    [InlineData("""{"served":[{"userId":"a","count":99999999999,"firstAgo":1,"lastAgo":1}]}""")]
    public async Task Backfill_BadRequest_RecordsNothing(string body)
    {
        Assert.Equal(400, (await TellAsync(body)).Status);
        Assert.Empty(_host.Activity.ServedStale());
        await _host.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Backfill_WithoutTheCallerKey_Is401() =>
        Assert.Equal(401, (await _host.SendAsync("""{"served":[]}""", key: null, target: BackfillRequest.Path)).Status);

    private Task<VerifyReply> AskAsync(string body, string? key = VerifyHost.CallerKey) => _host.SendAsync(body, key: key, target: AuthorizeRequest.Path);

    private Task<VerifyReply> TellAsync(string body) => _host.SendAsync(body, target: BackfillRequest.Path);
}
