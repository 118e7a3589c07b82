using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>A stored event: one verification, or a number of them that differ in nothing but id, time and latency.</summary>
public sealed class VerificationEvent
{
    /// <summary>The id of the first, 16 bytes as in <see cref="VerificationId"/>.</summary>
    public required byte[] Id { get; init; }

    /// <summary>The id of the last.</summary>
    public required byte[] LastId { get; set; }

    public DateTimeOffset FirstAt { get; set; }

    public DateTimeOffset LastAt { get; set; }

    /// <summary>Null when the name was unknown.</summary>
    public Guid? UserId { get; set; }

    public Guid? DeviceId { get; set; }

    /// <summary>The login name of a known user and device; of an unknown name only <see cref="LoginMask"/>'s form, because people type passwords
    /// there; empty when there was none, or when several unknown names were folded.</summary>
    public required string Login { get; set; }

    public Guid ProxyId { get; set; }

    /// <summary>The proxy's name at that time.</summary>
    public required string ProxyName { get; set; }

    public Guid? EndpointId { get; set; }

    public string? EndpointName { get; set; }

    /// <summary>The user's address as the proxy told it.</summary>
    public string? Source { get; set; }

    public AuthSchemes Scheme { get; set; }

    /// <summary>The true reason; None = accepted.</summary>
    public RejectionReason Reason { get; set; }

    public int Count { get; set; }

    /// <summary>How many of them were answered from memory.</summary>
    public int FromMemory { get; set; }

    public bool ServedStale { get; set; }

    public long LatencySumMicroseconds { get; set; }

    public long LatencyMaxMicroseconds { get; set; }
}

public enum RollupSpan
{
    Minute = 0,
    Hour = 1,
    Day = 2,
}

/// <summary>How many verifications ended how at one endpoint within a minute, an hour or a day (UTC).</summary>
public sealed class VerificationRollup
{
    public RollupSpan Span { get; init; }

    public DateTimeOffset Start { get; init; }

    /// <summary>Empty = not known: counted by its reason alone.</summary>
    public Guid ProxyId { get; init; }

    /// <summary>Empty = the caller named none.</summary>
    public Guid EndpointId { get; init; }

    public RejectionReason Reason { get; init; }

    public AuthSchemes Scheme { get; init; }

    public long Count { get; set; }

    public long FromMemory { get; set; }

    public long LatencySumMicroseconds { get; set; }

    public long LatencyMaxMicroseconds { get; set; }
}
