using System.Net;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Tests.Management;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Verification.Events;

/// <summary>Verifications with their true reasons, for programs.</summary>
public sealed class VerificationsApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);
    private PortalHost _portal = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        _token = await _portal.AddTokenAsync("verifications:read");
        User alice = await _portal.AddUserAsync("alice", password: null);
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        db.VerificationEvents.AddRange(Event(At, alice.Id, "alice", RejectionReason.WrongSecret), Event(At.AddMinutes(1), alice.Id, "alice", RejectionReason.None), Event(At.AddMinutes(2), null, "b…", RejectionReason.UnknownUser));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("", 3)]
    [InlineData("?user=alice", 2)]
    [InlineData("?user=ALICE&code=credential.wrong", 1)]
    [InlineData("?code=ok", 1)]
    [InlineData("?since=2026-11-03T12:01:00Z", 2)]
    [InlineData("?since=2026-11-03T13:01:00%2B01:00", 2)]
    [InlineData("?until=2026-11-03T12:01:00Z", 1)]
    [InlineData("?user=nobody", 0)]
    [InlineData("?page=2&pageSize=2", 3)]
    public async Task List_Filter_Counts(string query, int total)
    {
        ApiReply reply = await _portal.GetAsync("/verifications" + query, _token);
        Assert.Equal((query, HttpStatusCode.OK, total), (query, reply.Status, reply.Json["total"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Event_TellsTheTrueReason_AndIsFoundById()
    {
        ApiReply reply = await _portal.GetAsync("/verifications?code=credential.wrong", _token);
        var item = reply.Json["items"]![0]!;
        Assert.Equal(("alice", "hq-squid", "credential.wrong", "Basic", false), (item["login"]!.GetValue<string>(), item["proxy"]!.GetValue<string>(), item["code"]!.GetValue<string>(), item["scheme"]!.GetValue<string>(), item["isAccepted"]!.GetValue<bool>()));
        ApiReply found = await _portal.GetAsync($"/verifications/{item["id"]}", _token);
        Assert.True(found.Json["isExact"]!.GetValue<bool>(), found.Text);
    }

    [Theory]
    [InlineData("users:read")]
    [InlineData("audit:read")]
    public async Task OtherScope_Is403(string scope) => (await _portal.GetAsync("/verifications", await _portal.AddTokenAsync(scope))).IsProblem(403, "forbidden");

    private static VerificationEvent Event(DateTimeOffset at, Guid? user, string login, RejectionReason reason)
    {
        byte[] id = VerificationId.Create(at.UtcTicks).ToBytes();
        return new VerificationEvent { Id = id, LastId = id, FirstAt = at, LastAt = at, UserId = user, Login = login, ProxyName = "hq-squid", Scheme = AuthSchemes.Basic, Reason = reason, Count = 1 };
    }
}
