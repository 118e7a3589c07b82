using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;

namespace ProxyPortal.ExpiryPolicies.Impact;

/// <summary>Compares what holds now with what would hold, for everyone, by the very functions by which verification decides.</summary>
internal static class ImpactRules
{
    private const int Soon = 7;

    private readonly record struct Met(Standing Login, AccessRules Rules, long At, long InsteadOf);

    /// <param name="users">Everyone.</param>
    /// <param name="present">What holds now.</param>
    /// <param name="proposed">What would hold.</param>
    /// <param name="now">UTC ticks.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="pageSize">Rows to a page.</param>
    public static ImpactReport Compare(IReadOnlyCollection<UserModel> users, GroupRuleSet present, GroupRuleSet proposed, long now, int page, int pageSize)
    {
        // People in the same groups share their rules, so there are few of these.
        var rules = new Dictionary<SharedAccess, (AccessRules Present, AccessRules Proposed)>(ReferenceEqualityComparer.Instance);
        long horizon = now + ImpactReport.Days * TimeSpan.TicksPerDay;
        List<Met> met = [];
        foreach (UserModel user in users)
        {
            if (!rules.TryGetValue(user.Access, out var both))
                rules[user.Access] = both = (present.RulesOf(user.Access.Groups), proposed.RulesOf(user.Access.Groups));
            foreach (Standing login in Standing.Of(user))
            {
                long at = login.RefusedFrom(both.Proposed, now);
                if (at <= horizon && login.RefusedFrom(both.Present, now) is var insteadOf && at < insteadOf)
                    met.Add(new(login, both.Proposed, at, insteadOf));
            }
        }
        met.Sort((one, other) => one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Login.Login, other.Login.Login));
        int[] perDay = new int[ImpactReport.Days + 1];
        foreach (Met login in met)
            perDay[DayOf(login.At, now)]++;
        return new ImpactReport(
            Count(met, now), Count(met, now + Soon * TimeSpan.TicksPerDay), Count(met, horizon), perDay,
            [.. met.Skip(page * pageSize).Take(pageSize).Select(Row)], met.Count);
    }

    // At once is day 0; a day ends at the time of the day at which the question was asked.
    private static int DayOf(long at, long now) => at <= now ? 0 : (int)((at - now - 1) / TimeSpan.TicksPerDay) + 1;

    private static ImpactCount Count(List<Met> met, long until)
    {
        HashSet<Guid> people = [];
        int logins = 0;
        foreach (Met login in met)
        {
            if (login.At > until)
                break;
            if (login.InsteadOf <= until)
                continue;
            logins++;
            people.Add(login.Login.User.Id);
        }
        return new ImpactCount(logins, people.Count);
    }

    private static ImpactRow Row(Met met) => new(
        met.Login.User.Id, met.Login.Login, new DateTimeOffset(met.At, TimeSpan.Zero),
        met.InsteadOf == long.MaxValue ? null : new DateTimeOffset(met.InsteadOf, TimeSpan.Zero), met.Login.ReasonAt(met.Rules, met.At).Code());
}
