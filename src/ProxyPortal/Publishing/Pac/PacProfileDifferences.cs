namespace ProxyPortal.Publishing.Pac;

/// <summary>Where the state of a profile and what somebody typed differ. Of long lists only the hosts that the other has not.</summary>
internal static class PacProfileDifferences
{
    private const int HostsShown = 8;

    public static IEnumerable<EditDifference> Between(PacProfileInput theirs, PacProfileInput mine)
    {
        EditDifference[] all =
        [
            new("Name", theirs.Name, mine.Name),
            new("Purpose", theirs.Purpose, mine.Purpose),
            new("Default", Say(theirs.IsDefault), Say(mine.IsDefault)),
            new("Plain names go straight", Say(theirs.BypassesPlainNames), Say(mine.BypassesPlainNames)),
            new("Straight when no proxy answers", Say(theirs.FallsBackToDirect), Say(mine.FallsBackToDirect)),
            new("Hosts that go straight", Only(theirs.Bypass, mine.Bypass), Only(mine.Bypass, theirs.Bypass)),
            new("Endpoints", string.Join(", ", theirs.Endpoints), string.Join(", ", mine.Endpoints)),
            .. Enumerable.Range(0, Math.Max(theirs.Routes.Count, mine.Routes.Count)).Select(index => new EditDifference($"Route {index + 1}", Say(theirs.Routes.ElementAtOrDefault(index)), Say(mine.Routes.ElementAtOrDefault(index)))),
        ];
        return all.Where(row => row.Theirs != row.Mine);
    }

    private static string Only(IEnumerable<string> hosts, IEnumerable<string> others) => Say(hosts.Where(host => !string.IsNullOrWhiteSpace(host)).Except(others));

    private static string Say(IEnumerable<string> hosts)
    {
        string[] all = [.. hosts];
        return string.Join(", ", all.Take(HostsShown)) + (all.Length > HostsShown ? $" and {all.Length - HostsShown} more" : "");
    }

    private static string? Say(PacRouteInput? route) => route is null ? null : $"{Say(route.Hosts.Where(host => !string.IsNullOrWhiteSpace(host)))} → {(route.GoesStraight ? "straight" : string.Join(", ", route.Endpoints))}";

    private static string Say(bool isSet) => isSet ? "Yes" : "No";
}
