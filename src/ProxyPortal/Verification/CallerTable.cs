using System.Collections.Frozen;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>A proxy that may ask: whom it may ask for, and under which keys.</summary>
internal sealed class CallerModel
{
    public required Guid ProxyId { get; init; }

    public required string Name { get; init; }

    /// <summary>The realm in the challenges of this proxy.</summary>
    public string Realm { get; init; } = "";

    private string BasicChallenge => field ??= Challenge.Basic(Realm);

    public required EndpointModel[] Endpoints { get; init; }

    /// <summary>The endpoint meant when the caller names none: its only one.</summary>
    public EndpointModel? DefaultEndpoint => Endpoints.Length == 1 ? Endpoints[0] : null;

    /// <summary>The schemes that every endpoint offers; none where there is no endpoint.</summary>
    public AuthSchemes SchemesOfAll
    {
        get
        {
            AuthSchemes all = Endpoints.Length == 0 ? AuthSchemes.None : (AuthSchemes)~0;
            foreach (EndpointModel endpoint in Endpoints)
                all &= endpoint.Schemes;
            return all;
        }
    }

    /// <summary>What a user of this proxy is asked in a scheme, ready to be sent; null where there is no challenge of it.</summary>
    public string? ChallengeOf(AuthSchemes scheme) => scheme is AuthSchemes.Basic ? BasicChallenge : null;

    /// <summary>What this caller asks about someone who arrived at <paramref name="endpoint"/>.</summary>
    public Question Asks(long at, AuthSchemes scheme, EndpointModel? endpoint, IPAddress? clientAddress) =>
        new(this, new VerificationRequest(at, scheme, endpoint, clientAddress, endpoint is null ? SchemesOfAll : default));

    public EndpointModel? FindEndpoint(ReadOnlySpan<char> name)
    {
        foreach (EndpointModel endpoint in Endpoints)
        {
            if (name.Equals(endpoint.Name, StringComparison.OrdinalIgnoreCase))
                return endpoint;
        }
        return null;
    }
}

/// <summary>One key of one caller that was not revoked.</summary>
internal sealed record CallerKeyModel(Guid KeyId, byte[] Digest, CallerModel Caller)
{
    /// <summary>When it stops working, UTC ticks.</summary>
    public long ExpiresAt { get; init; } = long.MaxValue;

    /// <summary>From where it may be used.</summary>
    public SourceNetworks Networks { get; init; } = SourceNetworks.Any;
}

/// <summary>All callers by the digest of their keys: an immutable table, swapped whole, because proxies are few.</summary>
internal sealed class CallerTable(IEnumerable<CallerKeyModel> keys)
{
    private readonly FrozenDictionary<DigestKey, CallerKeyModel> _byDigest = keys.ToFrozenDictionary(key => DigestKey.From(key.Digest));

    public static CallerTable Empty { get; } = new([]);

    /// <summary>The caller whose key this is, or null. Found by digest, then compared in constant time, so a guess learns nothing from the time.</summary>
    public CallerKeyModel? Find(ReadOnlySpan<char> presented)
    {
        if (presented.Length is 0 or > 256)
            return null;
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(256)];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(presented, utf8)], digest);
        return _byDigest.TryGetValue(DigestKey.From(digest), out CallerKeyModel? key) && CryptographicOperations.FixedTimeEquals(digest, key.Digest) ? key : null;
    }
}

/// <summary>A 32-byte digest as a dictionary key without an allocation.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DigestKey(ulong A, ulong B, ulong C, ulong D)
{
    public static DigestKey From(ReadOnlySpan<byte> digest) => MemoryMarshal.Read<DigestKey>(digest);

    // The bytes are a digest already: any eight of them are as good as a hash.
    public override int GetHashCode() => (int)A;
}
