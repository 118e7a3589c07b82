using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.ExpiryPolicies.Impact;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.ExpiryPolicies;

/// <summary>What the preview says is what happens: counted again by verifying everyone after the policy was saved and the clock went on.</summary>
public sealed class ImpactTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-03-02T09:00:00Z", CultureInfo.InvariantCulture);
    private readonly FakeTimeProvider _time = new(Start);
    private ServiceHost _host = null!;
    private Guid _policy;
    private Guid _group;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private static ExpiryPolicyInput Strict { get; } = new()
    {
        Name = "contractors",
        DeviceSecretMaxAgeDays = 60,
        IdleDays = 45,
        GraceDays = 2,
        JitterDays = 10,
        SparesDaysOff = true,
        Holidays = [new DateOnly(2026, 3, 16)],
        PasswordMaxAgeDays = 90,
    };

    private ExpiryPolicyService Policies => _host.Get<ExpiryPolicyService>();

    private ImpactService Impacts => _host.Get<ImpactService>();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        _policy = (await Policies.CreateAsync(_host.Admin, new ExpiryPolicyInput { Name = "contractors", DeviceSecretMaxAgeDays = 75 }, None)).Value;
        _group = (await _host.Get<GroupService>().CreateAsync(_host.Admin, new GroupInput { Name = "staff", ExpiryPolicy = "contractors" }, None)).Value;
        await PopulateAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(30)]
    public async Task Preview_Save_Wait_VerifyEveryone_TheCountsAreEqual(int days)
    {
        ImpactReport report = (await Impacts.OfPolicyAsync(_host.Admin, _policy, Strict, 0, 200, None)).Value;
        // Those who are refused at some moment until then, by the old rules and by the new: looked at every hour.
        HashSet<string> before = RefusedUntil(days);
        await SaveAsync();
        HashSet<string> after = RefusedUntil(days);

        after.ExceptWith(before);
        ImpactCount count = days switch { 0 => report.Now, 7 => report.Within7, _ => report.Within30 };
        Assert.InRange(count.Logins, 3, 200);
        Assert.Equal(after.Count, count.Logins);
        Assert.Equal(after.Select(login => login.Split('+')[0]).Distinct().Count(), count.People);
        Assert.Equal(after.Order(StringComparer.Ordinal), report.Items.Where(row => row.At <= Start.AddDays(days) && !(row.InsteadOf <= Start.AddDays(days))).Select(row => row.Login).Order(StringComparer.Ordinal));
        Assert.Equal(report.Total, report.PerDay.Sum());
        Assert.Equal(report.Items.Count(row => row.At <= Start.AddDays(days)), report.PerDay.Take(days + 1).Sum());
    }

    [Fact]
    public async Task Rows_TellTheMomentAndTheReasonOfTheRefusalThatThenComes()
    {
        ImpactReport report = (await Impacts.OfPolicyAsync(_host.Admin, _policy, Strict, 0, 200, None)).Value;
        await SaveAsync();

        Assert.Contains(report.Items, row => row.Reason == "account.idle");
        Assert.Contains(report.Items, row => row.Reason == "credential.expired");
        foreach (ImpactRow row in report.Items)
        {
            Assert.Equal((row.Login, row.Reason), (row.Login, DecideAt(row.Login, row.At).Code()));
            if (row.At > Start)
                Assert.True(DecideAt(row.Login, row.At.AddTicks(-1)) is RejectionReason.None or RejectionReason.AccountNotYetValid, row.Login);
        }
    }

    [Fact]
    public async Task Pages_AreOfTheSameList()
    {
        ImpactReport all = (await Impacts.OfPolicyAsync(_host.Admin, _policy, Strict, 0, 200, None)).Value;
        ImpactReport second = (await Impacts.OfPolicyAsync(_host.Admin, _policy, Strict, 1, 2, None)).Value;

        Assert.Equal(all.Items.Skip(2).Take(2), second.Items);
        Assert.Equal(all.Total, second.Total);
    }

    [Fact]
    public async Task NoChange_MeetsNobody_AndALooserPolicyNeither()
    {
        ExpiryPolicyInput present = (await Policies.GetAsync(_host.Admin, _policy, None)).Value.Fields;

        Assert.Equal(0, (await Impacts.OfPolicyAsync(_host.Admin, _policy, present, 0, 25, None)).Value.Total);
        Assert.Equal(0, (await Impacts.OfPolicyAsync(_host.Admin, _policy, present with { DeviceSecretMaxAgeDays = 400 }, 0, 25, None)).Value.Total);
        Assert.Equal(0, (await Impacts.OfPolicyAsync(_host.Admin, null, Strict with { Name = "new" }, 0, 25, None)).Value.Total);
    }

    [Fact]
    public async Task NewDefault_MeetsThoseWhoHaveNoPolicy_AlsoWithoutAGroup()
    {
        ImpactReport report = (await Impacts.OfPolicyAsync(_host.Admin, null, new ExpiryPolicyInput { Name = "all", IsDefault = true, PasswordMaxAgeDays = 10 }, 0, 200, None)).Value;

        Assert.Equal(["free"], report.Items.Select(row => row.Login));
        Assert.Equal(new ImpactCount(1, 1), report.Now);
        Assert.Equal(RejectionReason.None, DecideAt("free", Start));
        await Policies.CreateAsync(_host.Admin, new ExpiryPolicyInput { Name = "all", IsDefault = true, PasswordMaxAgeDays = 10 }, None);
        Assert.Equal(RejectionReason.CredentialExpired, DecideAt("free", Start));
    }

    [Fact]
    public async Task GroupsPolicy_IsPreviewedToo()
    {
        await Policies.CreateAsync(_host.Admin, Strict with { Name = "strict" }, None);
        ImpactReport report = (await Impacts.OfGroupAsync(_host.Admin, _group, "strict", 0, 200, None)).Value;

        Assert.Equal((await Impacts.OfPolicyAsync(_host.Admin, _policy, Strict, 0, 200, None)).Value.Items, report.Items);
        Assert.Equal("expiryPolicy_invalid", (await Impacts.OfGroupAsync(_host.Admin, _group, "nothing", 0, 25, None)).Error?.Code);
        Assert.Equal("not_found", (await Impacts.OfGroupAsync(_host.Admin, Guid.CreateVersion7(), null, 0, 25, None)).Error?.Code);
    }

    // Forty people with all that can be the case: passwords and devices of all ages, used or not, suspended, revoked, waiting, ending, not yet valid.
    private async Task PopulateAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        Group staff = await db.Groups.SingleAsync(group => group.Id == _group);
        for (int i = 0; i < 40; i++)
        {
            User user = NewUser($"u{i:00}", i % 5 == 4 ? null : "x", Start.AddDays(-i * 3), Start.AddDays(-i * 2));
            user.SuspendedAt = i % 11 == 10 ? Start : null;
            user.ValidUntil = i % 7 == 6 ? Start.AddDays(i) : null;
            user.ValidFrom = i % 9 == 8 ? Start.AddDays(5) : null;
            user.Groups.Add(staff);
            user.Devices.Add(NewDevice("laptop", Start.AddDays(-i * 2.5), i));
            db.Users.Add(user);
        }
        db.Users.Add(NewUser("free", "x", Start.AddDays(-300), Start));
        await db.SaveChangesAsync();
    }

    private static User NewUser(string name, string? hash, DateTimeOffset passwordSetAt, DateTimeOffset lastUsedAt) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = name,
        NormalizedUserName = name,
        DisplayName = name,
        SecurityStamp = "x",
        PasswordHash = hash,
        CreatedAt = Start.AddDays(-400),
        PasswordSetAt = passwordSetAt,
        LastUsedAt = lastUsedAt,
    };

    private static Device NewDevice(string name, DateTimeOffset issuedAt, int i) => new()
    {
        Name = name,
        SecretDigest = new byte[32],
        SecretIssuedAt = issuedAt,
        State = (i % 13) switch { 11 => DeviceState.Revoked, 12 => DeviceState.Requested, _ => DeviceState.Approved },
        ExpiresAt = i % 6 == 5 ? Start.AddDays(12) : null,
        SecretRevokedAt = i % 17 == 16 ? Start : null,
    };

    private async Task SaveAsync()
    {
        ExpiryPolicyDetail policy = (await Policies.GetAsync(_host.Admin, _policy, None)).Value;
        Assert.True((await Policies.ChangeAsync(_host.Admin, _policy, Strict, policy.Version, None)).Succeeded);
    }

    // A login counts from the first moment at which it was, or would have been, let through: who is not valid yet is not locked out.
    private HashSet<string> RefusedUntil(int days)
    {
        HashSet<string> refused = [];
        for (DateTimeOffset at = Start; at <= Start.AddDays(days); at = at.AddHours(1))
        {
            foreach (string login in Logins())
            {
                if (DecideAt(login, at) is not (RejectionReason.None or RejectionReason.AccountNotYetValid))
                    refused.Add(login);
            }
        }
        return refused;
    }

    private IEnumerable<string> Logins() => _host.Get<DirectoryIndex>().Snapshot().Where(user => user.UserId != "admin")
        .SelectMany(user => user.Devices.Select(device => $"{user.UserId}+{device.Name}").Concat(user.PasswordHash is null ? [] : [user.UserId]));

    // By the directory and the engine of verification, with the secret proved.
    private RejectionReason DecideAt(string login, DateTimeOffset at)
    {
        string[] parts = login.Split('+');
        UserModel user = _host.Get<DirectoryIndex>().FindUser(parts[0])!;
        var endpoint = new EndpointModel(Guid.CreateVersion7(), "hq", Guid.CreateVersion7(), AuthSchemes.Basic);
        return DecisionEngine.Decide(new Evidence(
            new VerificationRequest(at.UtcTicks, AuthSchemes.Basic, endpoint, null), user, parts.Length > 1, parts.Length > 1 ? user.FindDevice(parts[1]) : null, SecretProof.Proved, user.LastUsedAt)).Reason;
    }
}
