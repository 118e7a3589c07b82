using System.Net;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>Everything there is to say about one verification that has ended. Lives on the stack of the one who records it.</summary>
internal readonly ref struct VerificationRecord
{
    /// <summary>The id that the caller was told.</summary>
    public required VerificationId Id { get; init; }

    /// <summary>When it was asked, UTC ticks.</summary>
    public required long At { get; init; }

    public required CallerModel Caller { get; init; }

    public EndpointModel? Endpoint { get; init; }

    public required AuthSchemes Scheme { get; init; }

    /// <summary>Null for an unknown name.</summary>
    public UserModel? User { get; init; }

    /// <summary>Null where none was named, or where the user has none of that name.</summary>
    public DeviceModel? Device { get; init; }

    /// <summary>Folded login name; empty when nothing readable came.</summary>
    public ReadOnlySpan<char> Login { get; init; }

    /// <summary>The user's address as the caller saw it.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The true reason; <see cref="RejectionReason.None"/> = accepted.</summary>
    public required RejectionReason Reason { get; init; }

    /// <summary>The secret was remembered, not compared.</summary>
    public bool FromMemory { get; init; }

    /// <summary>How long it took, ticks.</summary>
    public long Latency { get; init; }

    /// <summary>How often it happened, told afterwards; 0 and 1 are both once.</summary>
    public int Count { get; init; }

    /// <summary>The caller let the user in by what it remembered, while the portal was out of its reach, and told so afterwards.</summary>
    public bool ServedStale { get; init; }

    /// <summary>Whether the login name follows from <see cref="User"/> and <see cref="Device"/>.</summary>
    public bool IsKnownLogin => User is not null && (Device is not null || Login.Length == User.UserId.Length);
}
