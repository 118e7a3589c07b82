using ProxyPortal.Core.Publishing;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing;

/// <summary><c>/connect.json</c>, version 1: fields are only ever added. Described in <c>docs/connect.md</c>.</summary>
internal sealed record ConnectDocument(int Version, string Organisation, string Connect, string Pac, string Help, IReadOnlyList<PacEntry> PacProfiles, IReadOnlyList<ConnectEntry> Endpoints, IReadOnlyList<ChangeEntry> Changes)
{
    public const int CurrentVersion = 1;

    public static ConnectDocument Of(IEnumerable<ConnectEndpoint> endpoints, IEnumerable<PacProfile> profiles, IEnumerable<PlannedChange> changes, EffectiveSettings settings, Func<ConnectEndpoint, DateTimeOffset?> lastVerified, DateTimeOffset now) => new(
        CurrentVersion, settings.OrganisationName, settings.PublicUrl + PortalUrls.Connect, settings.PublicUrl + PortalUrls.ProxyPac, settings.PublicUrl + PortalUrls.Help407(),
        [.. profiles.Select(profile => new PacEntry(profile.Name, profile.Purpose, settings.PublicUrl + PortalUrls.PacFile(profile.Name)))],
        [.. endpoints.Select(endpoint => ConnectEntry.Of(endpoint, lastVerified(endpoint), now))],
        [.. changes.Select(change => new ChangeEntry(change.Endpoint.Name, change.Replacement?.Name, change.EndingSchemes, change.EffectiveAt, change.Comment))]);
}

/// <param name="Name">Unique.</param>
/// <param name="Purpose">For whom it is.</param>
/// <param name="Url">Of the PAC file.</param>
internal sealed record PacEntry(string Name, string? Purpose, string Url);

/// <summary>A planned change: until then the old way works, and the new one already does.</summary>
/// <param name="Endpoint">Name of the endpoint that ends, or of which something ends.</param>
/// <param name="Replacement">Name of the endpoint that takes its place.</param>
/// <param name="EndingSchemes">The schemes that end; none = the endpoint itself ends.</param>
/// <param name="EffectiveAt">When the old way ends.</param>
/// <param name="Comment">What its administrators say about it.</param>
internal sealed record ChangeEntry(string Endpoint, string? Replacement, IReadOnlyList<string> EndingSchemes, DateTimeOffset EffectiveAt, string? Comment);

/// <param name="Name">Unique.</param>
/// <param name="Host">A-label of an IDN; an IPv6 address without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Transport">How the client speaks to the proxy: <c>http</c>, <c>https</c>, <c>socks5</c>.</param>
/// <param name="Schemes">Registered names in the order of the challenges.</param>
/// <param name="Realm">What clients show.</param>
/// <param name="TlsName">The name in the certificate.</param>
/// <param name="TlsFingerprint">Its SHA-256, in pairs with colons.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Contact">Whom to ask.</param>
/// <param name="Status"><c>answering</c>, <c>silent</c> or <c>never</c>.</param>
/// <param name="LastVerifiedAt">When its proxy last asked about somebody, to the minute.</param>
internal sealed record ConnectEntry(
    string Name, string Host, int Port, ProxyTransport Transport, IReadOnlyList<string> Schemes, string Realm, string? TlsName, string? TlsFingerprint, string? Location, string? Contact, EndpointStatus Status, DateTimeOffset? LastVerifiedAt)
{
    public static ConnectEntry Of(ConnectEndpoint endpoint, DateTimeOffset? last, DateTimeOffset now) => new(
        endpoint.Name, endpoint.Address.Host, endpoint.Address.Port, endpoint.Address.Transport, endpoint.Schemes, endpoint.Realm, endpoint.TlsName, endpoint.TlsFingerprint, endpoint.Location, endpoint.Contact,
        EndpointState.Of(last, now), last is { } at ? new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero) : null);
}

internal enum EndpointStatus
{
    Never = 0,
    Answering = 1,
    Silent = 2,
}

internal static class EndpointState
{
    public static EndpointStatus Of(DateTimeOffset? last, DateTimeOffset now) =>
        last is null ? EndpointStatus.Never : Proxies.ProxySilence.IsSilent(last, now) ? EndpointStatus.Silent : EndpointStatus.Answering;
}
