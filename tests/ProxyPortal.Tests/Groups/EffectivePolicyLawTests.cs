using System.Net;
using CsCheck;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Groups.Effective;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Groups;

/// <summary>What the effective policy claims is what verification does, for any groups and any question.</summary>
public sealed class EffectivePolicyLawTests
{
    private const long Day = TimeSpan.TicksPerDay;

    // A Wednesday.
    private static readonly long Noon = new DateTime(2026, 6, 3, 12, 0, 0, DateTimeKind.Utc).Ticks;

    private static readonly Dictionary<Guid, string> Endpoints = new() { [Guid.CreateVersion7()] = "hq", [Guid.CreateVersion7()] = "branch", [Guid.CreateVersion7()] = "lab" };

    private static readonly Gen<PolicyRules> Policy = Gen.Select(Perhaps(9), Perhaps(9), Perhaps(9), Perhaps(3), (secret, password, idle, grace) =>
        new PolicyRules(Guid.CreateVersion7(), "policy") { DeviceSecretMaxAgeDays = secret, PasswordMaxAgeDays = password, IdleDays = idle, GraceDays = grace });

    private static readonly Gen<GroupRules> Group = Gen.Select(
        Perhaps(31), Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Null(Policy), (schemes, endpoints, networks, hours, devicesOnly, policy) =>
        new GroupRules(Guid.CreateVersion7(), $"g{Guid.CreateVersion7():N}", (AuthSchemes?)schemes, [.. Endpoints.Keys.Where((_, index) => (endpoints >> index & 1) == 1)])
        {
            Networks = networks switch { 0 => [], 1 => ["192.0.2.0/24"], _ => ["192.0.2.7", "2001:db8::/32"] },
            Hours = hours switch { 0 => null, 1 => "Mon-Fri 07:00-19:00", _ => "Tue 00:00-24:00" },
            TimeZone = hours == 0 ? null : "UTC",
            DeviceSecretsOnly = devicesOnly == 0,
            Policy = policy,
        });

    private static readonly Gen<(GroupRules[] Groups, PolicyRules? Standard)> Rules = Gen.Select(Group.Array[0, 3], Gen.Null(Policy));

    private static readonly Gen<Evidence> Question = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 12], Gen.Int[0, 12], Gen.Bool, Gen.Int[0, 4], (endpoint, scheme, address, secretAge, idle, usesDevice, hour) =>
        {
            long at = Noon + hour * 4 * TimeSpan.TicksPerHour;
            var model = new EndpointModel(Endpoints.Keys.ElementAt(endpoint), Endpoints.Values.ElementAt(endpoint), Guid.Empty, (AuthSchemes)~0);
            var request = new VerificationRequest(at, (AuthSchemes)(1 << scheme), model, address switch { 0 => null, 1 => IPAddress.Parse("192.0.2.7"), _ => IPAddress.Parse("2001:db8::1") });
            DeviceModel? device = usesDevice ? new DeviceModel { Id = Guid.CreateVersion7(), Name = "laptop", State = DeviceState.Approved, SecretDigest = new byte[32], SecretIssuedAt = at - secretAge * Day } : null;
            var user = new UserModel { Id = Guid.CreateVersion7(), UserId = "alice", PasswordVersion = 1, PasswordHash = [1], Suspended = false, Access = SharedAccess.OfNoGroup, PasswordSetAt = at - secretAge * Day };
            return new Evidence(request, user, usesDevice, device, SecretProof.Proved, at - idle * Day);
        });

    private static Gen<int?> Perhaps(int most) => Gen.Int[0, most].Select(number => number == 0 ? (int?)null : number);

    [Fact]
    public void Claims_AreWhatVerificationDoes() => Gen.Select(Rules, Question).Sample((rules, question) =>
    {
        EffectivePolicy policy = new EffectiveRules(rules.Groups, rules.Standard, Endpoints).Describe();
        RejectionReason decided = DecisionEngine.Decide(question with { Access = MemberRules.Strictest(rules.Groups, rules.Standard) }).Reason;
        Assert.Equal(Claimed(policy, question), decided);
    }, iter: 20_000);

    [Fact]
    public void Sources_AloneGiveTheLine() => Rules.Sample(rules =>
    {
        foreach (PolicyLine line in new EffectiveRules(rules.Groups, rules.Standard, Endpoints).Describe().Lines)
        {
            HashSet<Guid?> sources = [.. line.Sources.Select(source => source.Id)];
            // The default policy holds only for who has no other: it stays out of the question where a group names one.
            bool isNamed = rules.Groups.Any(group => group.Policy is not null);
            GroupRules[] left = [.. rules.Groups.Where(group => sources.Contains(group.Id) || sources.Contains(group.Policy?.Id))];
            PolicyLine again = new EffectiveRules(left, isNamed ? null : rules.Standard, Endpoints).Describe()[line.Rule];
            Assert.Equal((line.Rule, line.Text), (again.Rule, again.Text));
            Assert.Equal(line.Value is null or false, line.Sources is [{ Kind: PolicySourceKind.None }]);
        }
    });

    // From what is claimed alone, in the order in which verification asks.
    private static RejectionReason Claimed(EffectivePolicy policy, Evidence question)
    {
        long at = question.Request.At;
        long secretAge = at - (question.Device?.SecretIssuedAt ?? question.User!.PasswordSetAt);
        string age = question.Device is null ? PolicyRule.PasswordMaxAgeDays : PolicyRule.DeviceSecretMaxAgeDays;
        if (policy[PolicyRule.IdleDays].Value is int idle && at - question.LastUsedAt >= idle * Day)
            return RejectionReason.AccountIdle;
        if (policy[PolicyRule.DeviceSecretsOnly].Value is true && question.Device is null)
            return RejectionReason.DeviceRequired;
        if (policy[age].Value is int days && secretAge >= days * Day)
            return RejectionReason.CredentialExpired;
        if (policy[PolicyRule.Schemes].Value is string[] schemes && !schemes.Contains(AuthScheme.Names(question.Request.Scheme).Single()))
            return RejectionReason.SchemeNotAllowed;
        if (policy[PolicyRule.Endpoints].Value is string[] endpoints && !endpoints.Contains(question.Request.Endpoint!.Name))
            return RejectionReason.EndpointNotAllowed;
        if (policy[PolicyRule.Networks].Value is List<string>[] networks && !networks.All(list => question.Request.ClientAddress is { } address && list.Any(network => Contains(network, address))))
            return RejectionReason.SourceNotAllowed;
        return policy[PolicyRule.Hours].Value is string[] hours && !hours.All(open => IsOpen(open, at)) ? RejectionReason.TimeNotAllowed : RejectionReason.None;
    }

    private static bool Contains(string network, IPAddress address) => network.Contains('/', StringComparison.Ordinal) ? IPNetwork.Parse(network).Contains(address) : IPAddress.Parse(network).Equals(address);

    private static bool IsOpen(string hours, long at) => hours switch
    {
        "Mon-Fri 07:00-19:00 (UTC)" => new DateTime(at) is { DayOfWeek: >= DayOfWeek.Monday and <= DayOfWeek.Friday, Hour: >= 7 and < 19 },
        "Tue 00:00-24:00 (UTC)" => new DateTime(at).DayOfWeek is DayOfWeek.Tuesday,
        _ => throw new ArgumentException(hours),
    };
}
