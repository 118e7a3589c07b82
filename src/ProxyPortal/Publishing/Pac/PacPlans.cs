using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Pac;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Pac;

/// <summary>What PAC files say, of profiles and of the endpoints that strangers may see as they are now: a browser that asks for a PAC file cannot sign in, so
/// no other endpoint can stand in one.</summary>
internal static class PacPlans
{
    /// <summary>Nothing listens at the discard port: where no endpoint is left, requests fail instead of passing the proxies by.</summary>
    public static ProxyAddress Nowhere { get; } = new("127.0.0.1", 9, ProxyTransport.Http);

    /// <summary>The file without a profile: every endpoint, by name.</summary>
    public static PacPlan OfAll(IReadOnlyList<ConnectEndpoint> open, EffectiveSettings settings) => new(
        settings.OrganisationName, [.. AlwaysStraight.Patterns(settings.PublicUrl)], true, [], [.. open.Select(endpoint => endpoint.Address)], false);

    /// <param name="profile">May name endpoints that are gone.</param>
    /// <param name="open">The endpoints that strangers may see.</param>
    /// <param name="settings">Of the portal.</param>
    public static PacPlan Of(PacProfile profile, IReadOnlyList<ConnectEndpoint> open, EffectiveSettings settings)
    {
        ProxyAddress[] rest = Named(profile.Endpoints, open) is { Length: > 0 } named ? named : [.. open.Select(endpoint => endpoint.Address)];
        if (rest.Length == 0 && !profile.FallsBackToDirect)
            rest = [Nowhere];
        return new PacPlan(
            $"{settings.OrganisationName}: {profile.Name}", [.. AlwaysStraight.Patterns(settings.PublicUrl).Concat(Patterns(profile.Bypass)).Distinct()], profile.BypassesPlainNames,
            [.. profile.Routes.Select(route => new PacRoute([.. Patterns(route.Hosts)], route.Endpoints.Count == 0 ? [] : Named(route.Endpoints, open) is { Length: > 0 } own ? own : rest))],
            rest, profile.FallsBackToDirect);
    }

    private static ProxyAddress[] Named(IReadOnlyList<Guid> ids, IReadOnlyList<ConnectEndpoint> open) =>
        [.. ids.Select(id => open.FirstOrDefault(endpoint => endpoint.Id == id)).OfType<ConnectEndpoint>().Select(endpoint => endpoint.Address)];

    // Stored in canonical form. What another release cannot read any more goes the way of all other hosts.
    private static IEnumerable<HostPattern> Patterns(IEnumerable<string> stored) => stored.Select(HostPattern.Parse).Where(parsed => parsed.Succeeded).Select(parsed => parsed.Value);
}
