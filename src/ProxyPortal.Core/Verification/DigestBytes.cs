using System.Runtime.CompilerServices;

namespace ProxyPortal.Core.Verification;

/// <summary>A digest of 32 bytes inside the object that owns it: an array of its own would weigh as much again, millions of times.</summary>
[InlineArray(Length)]
public struct DigestBytes
{
    public const int Length = 32;

    private byte _first;

    /// <summary>A digest of another length is damaged: it becomes one that no secret has.</summary>
    public static DigestBytes From(ReadOnlySpan<byte> digest)
    {
        DigestBytes bytes = default;
        if (digest.Length == Length)
            digest.CopyTo(bytes);
        return bytes;
    }

    public static implicit operator DigestBytes(byte[] digest) => From(digest);
}
