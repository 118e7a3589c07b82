using System.Buffers.Binary;
using System.Security.Cryptography;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.SquidHelper.Memory;

/// <summary>Makes cache keys: HMAC-SHA256 under a key that lives as long as this process, over fields with their lengths in front,
/// so that "ab","c" and "a","bc" differ. Squid escapes in one way only, so the escaped bytes serve. For one thread.</summary>
internal sealed class CacheKeys : IDisposable
{
    private readonly IncrementalHash _mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(32));
    private readonly byte[] _message = new byte[SquidLineBuffer.DefaultMaxLineBytes + 3 * sizeof(int)];

    /// <summary>Everything that was asked, address included.</summary>
    public CacheKey OfQuestion(in LineFields fields) => Of(fields.User, fields.Secret, fields.Place);

    /// <summary>User and secret alone, wherever they are used from.</summary>
    public CacheKey OfCredentials(in LineFields fields) => Of(fields.User, fields.Secret, default);

    public void Dispose() => _mac.Dispose();

    private CacheKey Of(ReadOnlySpan<byte> user, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> place)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        int length = Append(user, 0);
        length = Append(secret, length);
        length = Append(place, length);
        Span<byte> message = _message.AsSpan(0, length);
        _mac.AppendData(message);
        _mac.GetHashAndReset(mac);
        message.Clear();
        return CacheKey.From(mac);
    }

    private int Append(ReadOnlySpan<byte> field, int offset)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_message.AsSpan(offset), field.Length);
        field.CopyTo(_message.AsSpan(offset + sizeof(int)));
        return offset + sizeof(int) + field.Length;
    }
}
