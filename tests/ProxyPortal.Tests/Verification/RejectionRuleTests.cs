using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>The reason is told to those who proved the secret, and to nobody else.</summary>
public sealed class RejectionRuleTests : IAsyncLifetime
{
    private readonly LeapingTime _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private VerifyHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await VerifyHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("account.suspended")]
    [InlineData("account.expired")]
    [InlineData("account.not_yet_valid")]
    [InlineData("scheme.not_allowed")]
    [InlineData("endpoint.not_allowed")]
    public async Task Verify_AccountState_IsToldOnlyWhenThePasswordIsRight(string code)
    {
        await _host.AddProxyAsync("branch", VerifyHost.OtherCallerKey, "branch");
        Guid bob = await _host.AddUserAsync("bob", adjust: user => Apply(code, user));
        if (code is "scheme.not_allowed")
            await _host.AddGroupAsync(new Group { Name = "digest-only", Schemes = AuthSchemes.Digest }, [bob]);
        if (code is "endpoint.not_allowed")
            await _host.AddGroupAsync(new Group { Name = "branch-only" }, [bob], "branch");

        VerifyReply proved = await _host.AskAsync("bob");
        Assert.Equal((200, "rejected", code), (proved.Status, proved.Result, proved.Code));
        Assert.Equal(code, _host.Activity.Rejections()[0].Reason.Code());
        // The first time (a hash) and the second (remembered), the same words as for nobody.
        VerifyReply unknown = await _host.AskAsync("nobody", "wrong");
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(unknown.WithoutId, (await _host.AskAsync("bob", "wrong")).WithoutId);
            Assert.Equal(RejectionReason.WrongSecret, _host.Activity.Rejections()[0].Reason);
        }
        Assert.Equal(unknown.WithoutId, (await _host.AskAsync("alice", "wrong")).WithoutId);
        Assert.Equal(unknown.WithoutId, (await _host.AskAsync("alice", "")).WithoutId);
        Assert.Equal(unknown.WithoutId, (await _host.AskAsync("bob+laptop", "wrong")).WithoutId);
    }

    [Theory]
    [InlineData("device.requested")]
    [InlineData("device.revoked")]
    [InlineData("device.expired")]
    [InlineData("credential.expired")]
    [InlineData(null)]
    public async Task Verify_DeviceState_IsToldOnlyWhenItsSecretIsRightAndCostsNoSlowHash(string? code)
    {
        Guid bob = await _host.AddUserAsync("bob");
        ProxyPortal.Devices.Device device = _host.NewDevice(bob, "laptop", code switch { "device.requested" => DeviceState.Requested, "device.revoked" => DeviceState.Revoked, _ => DeviceState.Approved });
        if (code is "device.expired")
            device.ExpiresAt = _time.GetUtcNow();
        if (code is "credential.expired")
        {
            device.SecretIssuedAt = _time.GetUtcNow().AddDays(-90);
            await _host.AddGroupAsync(new Group { Name = "contractors", ExpiryPolicy = new ExpiryPolicy { Name = "90 days", DeviceSecretMaxAgeDays = 90 } }, [bob]);
        }
        await _host.SaveAsync(db => db.Devices.Add(device));
        long hashes = _host.Gate.Computed;

        VerifyReply right = await _host.AskAsync("Bob+Laptop", VerifyHost.DeviceSecret);
        Assert.Equal((code is null ? "accepted" : "rejected", code), (right.Result, right.Code));
        Assert.Equal(code is null ? "laptop" : null, right["device"]);
        VerifyReply wrong = await _host.AskAsync("bob+laptop", "wrong");
        Assert.Equal(RejectionReasons.PublicCode, wrong.Code);
        Assert.Equal(wrong.WithoutId, (await _host.AskAsync("bob+other", VerifyHost.DeviceSecret)).WithoutId);
        Assert.Equal(wrong.WithoutId, (await _host.AskAsync("nobody+laptop", VerifyHost.DeviceSecret)).WithoutId);
        Assert.Equal(wrong.WithoutId, (await _host.AskAsync("alice+laptop", VerifyHost.DeviceSecret)).WithoutId);
        Assert.Equal(wrong.WithoutId, (await _host.AskAsync("bob+laptop", "")).WithoutId);
        Assert.Equal(hashes, _host.Gate.Computed);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob", VerifyHost.DeviceSecret)).Code);
    }

    [Fact]
    public async Task Verify_Accepted_HasExactlyTheFieldsOfTheContract()
    {
        Guid bob = await _host.AddUserAsync("bob");
        await _host.AddGroupAsync(new Group { Name = "staff" }, [bob]);
        await _host.AddGroupAsync(new Group { Name = "all" }, [bob]);
        VerifyReply reply = await _host.AskAsync("bob");
        Assert.Matches("""\A\{"result":"accepted","user":"bob","device":null,"groups":\["all","staff"\],"validFor":60,"id":"[0-9A-HJKMNP-TV-Z]{26}"\}\z""", reply.Body);
        Assert.Equal("application/json", reply.ContentType);
        Assert.Matches("""\A\{"result":"rejected","code":"credential.rejected","message":"[^"]+","retryAfter":null,"id":"[0-9A-HJKMNP-TV-Z]{26}"\}\z""", (await _host.AskAsync("bob", "wrong")).Body);
    }

    [Fact]
    public async Task Verify_ValidUntil_EndsAtThatInstantAndIsNeverPassedByValidFor()
    {
        DateTimeOffset end = _time.GetUtcNow().AddSeconds(100);
        await _host.AddUserAsync("bob", adjust: user => user.ValidUntil = end);
        Assert.Equal("60", (await _host.AskAsync("bob"))["validFor"]);
        _time.SetUtcNow(end.AddSeconds(-10.5));
        Assert.Equal("10", (await _host.AskAsync("bob"))["validFor"]);
        _time.SetUtcNow(end.AddTicks(-1));
        Assert.Equal("0", (await _host.AskAsync("bob"))["validFor"]);
        _time.SetUtcNow(end);
        Assert.Equal("account.expired", (await _host.AskAsync("bob")).Code);
    }

    // NTP sets the clock back: an end is a time of day and holds by the clock, and what a caller may remember is counted from what it says.
    [Fact]
    public async Task Verify_ClockSetBackAnHour_ExpiredStaysExpiredAndValidForStaysWithinItsBounds()
    {
        DateTimeOffset now = _time.GetUtcNow();
        await _host.AddUserAsync("expired", adjust: user => user.ValidUntil = now.AddMinutes(-90));
        await _host.AddUserAsync("soon", adjust: user => user.ValidUntil = now.AddSeconds(20));
        Assert.Equal("account.expired", (await _host.AskAsync("expired")).Code);
        Assert.Equal("20", (await _host.AskAsync("soon"))["validFor"]);
        _time.AdjustTime(now.AddHours(-1));
        Assert.Equal("account.expired", (await _host.AskAsync("expired")).Code);
        Assert.Equal("60", (await _host.AskAsync("soon"))["validFor"]);
        _time.AdjustTime(now.AddSeconds(20));
        Assert.Equal("account.expired", (await _host.AskAsync("soon")).Code);
    }

    // The sign-in password of someone who administers the portal must not travel through proxies, remembered proof or not.
    [Fact]
    public async Task Verify_PortalRole_NeverOpensAProxyWithThePasswordAndCountsAtOnce()
    {
        Guid bob = await _host.AddUserAsync("bob", adjust: user => user.Role = PortalRole.Administrator);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob")).Code);
        await _host.ChangeUserAsync(bob, user => user.Role = PortalRole.None);
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        await _host.ChangeUserAsync(bob, user => user.Role = PortalRole.Auditor);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob")).Code);
    }

    [Fact]
    public async Task Verify_PasswordTakenAway_CountsAtOnce()
    {
        Guid bob = await _host.AddUserAsync("bob");
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        await _host.ChangeUserAsync(bob, user => user.PasswordHash = null);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob")).Code);
    }

    [Fact]
    public async Task Verify_SeveralGroups_TheStrictestHolds()
    {
        await _host.AddProxyAsync("branch", VerifyHost.OtherCallerKey, "branch");
        Guid bob = await _host.AddUserAsync("bob");
        await _host.AddGroupAsync(new Group { Name = "free" }, [bob]);
        await _host.AddGroupAsync(new Group { Name = "both" }, [bob], "hq", "branch");
        Assert.Equal("accepted", (await _host.AskAsync("bob", key: VerifyHost.OtherCallerKey)).Result);
        Guid hqOnly = await _host.AddGroupAsync(new Group { Name = "hq-only" }, [bob], "hq");
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        Assert.Equal("endpoint.not_allowed", (await _host.AskAsync("bob", key: VerifyHost.OtherCallerKey)).Code);
        await _host.AddGroupAsync(new Group { Name = "branch-only" }, [bob], "branch");
        Assert.Equal("endpoint.not_allowed", (await _host.AskAsync("bob")).Code);
        // Deleting a group ends its rule, at the next request.
        await using (ProxyPortal.Data.PortalDbContext db = await _host.OpenAsync())
        {
            db.Groups.Remove(await db.Groups.SingleAsync(group => group.Name == "branch-only", TestContext.Current.CancellationToken));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        Assert.NotEqual(Guid.Empty, hqOnly);
    }

    // A policy that somebody got wrong must not keep every later change from being read.
    [Fact]
    public async Task Verify_PolicyBeyondTheCalendar_StopsNothing()
    {
        Guid bob = await _host.AddUserAsync("bob");
        await _host.SaveAsync(db => db.Devices.Add(_host.NewDevice(bob, "laptop")));
        await _host.AddGroupAsync(new Group { Name = "forever", ExpiryPolicy = new ExpiryPolicy { Name = "never", DeviceSecretMaxAgeDays = int.MaxValue } }, [bob]);
        Assert.Equal("accepted", (await _host.AskAsync("bob+laptop", VerifyHost.DeviceSecret)).Result);
        await _host.AddUserAsync("carol");
        Assert.Equal("accepted", (await _host.AskAsync("carol")).Result);
    }

    private void Apply(string code, User user)
    {
        user.SuspendedAt = code is "account.suspended" ? _time.GetUtcNow() : null;
        user.ValidUntil = code is "account.expired" ? _time.GetUtcNow() : null;
        user.ValidFrom = code is "account.not_yet_valid" ? _time.GetUtcNow().AddHours(1) : null;
    }
}
