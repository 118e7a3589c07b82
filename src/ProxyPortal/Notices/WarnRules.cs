using ProxyPortal.ExpiryPolicies;

namespace ProxyPortal.Notices;

/// <summary>On which days a person is told of an end.</summary>
/// <param name="Before">Days before it.</param>
/// <param name="OnTheDay">Whether on the day, too.</param>
/// <param name="After">Days after it.</param>
internal sealed record WarnRules(IReadOnlyList<int> Before, bool OnTheDay, IReadOnlyList<int> After)
{
    /// <summary>The nearest of the days that have come: positive before the end, 0 on the day, negative after; null while none has.</summary>
    public int? DueOf(DateTimeOffset end, DateTimeOffset now)
    {
        double days = (end - now).TotalDays;
        if (days < 0)
        {
            int[] passed = [.. After.Where(after => -days >= after)];
            return passed.Length > 0 && -days < passed.Max() + 1 ? -passed.Max() : null;
        }
        if (OnTheDay && days < 1)
            return 0;
        int[] due = [.. Before.Where(before => days <= before)];
        return due.Length > 0 ? due.Min() : null;
    }
}

/// <summary>The rules of all policies.</summary>
internal sealed class WarnTable
{
    private readonly Dictionary<Guid, WarnRules> _rules;
    private readonly WarnRules _default;

    public WarnTable(IReadOnlyList<ExpiryPolicy> policies, WarnRules usual)
    {
        _rules = policies.ToDictionary(policy => policy.Id, policy => new WarnRules([.. policy.WarnDays], policy.WarnsOnTheDay, [.. policy.WarnDaysAfter]));
        _default = policies.FirstOrDefault(policy => policy.IsDefault) is { } one ? _rules[one.Id] : usual;
        LongestBefore = _rules.Values.Append(_default).SelectMany(rules => rules.Before).DefaultIfEmpty(0).Max();
        LongestAfter = _rules.Values.Append(_default).SelectMany(rules => rules.After).DefaultIfEmpty(0).Max();
    }

    public int LongestBefore { get; }

    public int LongestAfter { get; }

    /// <summary>All that the policies of a person's groups say; the default where none of them says anything.</summary>
    public WarnRules Of(IEnumerable<Guid?> policies)
    {
        WarnRules[] own = [.. policies.OfType<Guid>().Distinct().Where(_rules.ContainsKey).Select(id => _rules[id])];
        return own.Length switch
        {
            0 => _default,
            1 => own[0],
            _ => new WarnRules([.. own.SelectMany(rules => rules.Before).Distinct()], own.Any(rules => rules.OnTheDay), [.. own.SelectMany(rules => rules.After).Distinct()]),
        };
    }
}
