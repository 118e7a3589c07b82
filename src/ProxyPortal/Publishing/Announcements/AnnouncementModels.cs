using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>A change that is to be announced. Either the endpoint ends, or schemes at it do.</summary>
public sealed record AnnouncementInput
{
    /// <summary>Name of the endpoint; cannot be changed afterwards.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Name of the endpoint that takes its place; null = none does. Cannot be changed afterwards.</summary>
    public string? Replacement { get; init; }

    /// <summary>Registered names of the schemes that end; empty = the endpoint itself ends. Cannot be changed afterwards.</summary>
    public IReadOnlyList<string> EndingSchemes { get; init; } = [];

    public DateTimeOffset? EffectiveAt { get; init; }

    public string? Comment { get; init; }

    /// <summary>Carry it out at that time without being asked again.</summary>
    public bool RetiresByItself { get; init; }
}

/// <summary>How many it concerns.</summary>
/// <param name="Told">Used the old way within <see cref="EndpointUse.TellsOf"/> before it was announced, or since.</param>
/// <param name="Acknowledged">Have read it and said so.</param>
/// <param name="StillUsing">Used the old way within <see cref="EndpointUse.StillUses"/>.</param>
public sealed record AnnouncementCounts(int Told, int Acknowledged, int StillUsing);

/// <summary>An announcement as administrators see it. <c>Old</c> is the way that ends, null once it is gone; <c>New</c> is what takes its place: another address, or what is left of
/// the schemes.</summary>
public sealed record AnnouncementDetail(
    Guid Id, string Endpoint, string? Replacement, IReadOnlyList<string> EndingSchemes, DateTimeOffset EffectiveAt, string? Comment, bool RetiresByItself, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt,
    AnnouncedWay? Old, AnnouncedWay? New, AnnouncementCounts Counts, long Version);

/// <summary>How one arrives at a proxy.</summary>
public sealed record AnnouncedWay(ProxyAddress Address, IReadOnlyList<string> Schemes);

/// <summary>Somebody who still goes the old way, and when they last went the old and the new one.</summary>
public sealed record OldWayUser(Guid Id, string UserId, string DisplayName, DateTimeOffset LastOld, DateTimeOffset? LastNew, DateTimeOffset? AcknowledgedAt);

/// <summary>A planned change as those see it who use the endpoint. Without a replacement nothing takes its place, or nothing that the reader may know of; without ending schemes the
/// endpoint itself ends.</summary>
public sealed record PlannedChange(Guid Id, ConnectEndpoint Endpoint, ConnectEndpoint? Replacement, IReadOnlyList<string> EndingSchemes, DateTimeOffset EffectiveAt, string? Comment)
{
    /// <summary>Whether the reader has said that they know.</summary>
    public bool IsAcknowledged { get; init; }
}
