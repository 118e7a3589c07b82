using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ProxyPortal.Verification.Throttling;

/// <summary>Where an attempt is counted: digests under a key of this process, so that unknown names weigh as little as known ones and
/// nobody can choose which counters meet.</summary>
/// <param name="Name">The user-id, known or not.</param>
/// <param name="Source">The client's IPv4 address or IPv6 /64; the caller where it tells none.</param>
/// <param name="Credential">The user-id with the version of its password: a new one starts anew.</param>
/// <param name="IsPlaced">Whether the caller told the address.</param>
internal readonly record struct AttemptPlace(ulong Name, ulong Source, ulong Credential, bool IsPlaced)
{
    // Both parts are keyed digests, so mixing them is enough.
    public ulong Pair => (Name * 0x9E3779B97F4A7C15) ^ System.Numerics.BitOperations.RotateLeft(Source, 31);
}

internal sealed class AttemptPlaces
{
    private const byte NameKind = 1, SourceKind = 2, CallerKind = 3, CredentialKind = 4;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public AttemptPlace Of(in Question question, ReadOnlySpan<char> userId, long passwordVersion)
    {
        IPAddress? address = question.Request.ClientAddress;
        ReadOnlySpan<byte> name = MemoryMarshal.AsBytes(userId);
        return new(Digest(NameKind, name, 0), address is null ? OfCaller(question.Caller.ProxyId) : OfAddress(address), OfCredential(userId, passwordVersion), address is not null);
    }

    public ulong OfCredential(ReadOnlySpan<char> userId, long passwordVersion) => Digest(CredentialKind, MemoryMarshal.AsBytes(userId), passwordVersion);

    private ulong OfCaller(Guid caller)
    {
        Span<byte> bytes = stackalloc byte[16];
        caller.TryWriteBytes(bytes);
        return Digest(CallerKind, bytes, 0);
    }

    private ulong OfAddress(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int written);
        if (address.IsIPv4MappedToIPv6)
            return Digest(SourceKind, bytes[12..], 0);
        // One person can be expected to hold a whole /64.
        return Digest(SourceKind, bytes[..Math.Min(written, 8)], 0);
    }

    private ulong Digest(byte kind, ReadOnlySpan<byte> text, long number)
    {
        Span<byte> input = stackalloc byte[9 + Core.Http.LoginName.MaxBytes * sizeof(char)];
        input[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(input[1..], number);
        text.CopyTo(input[9..]);
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, input[..(9 + text.Length)], digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
