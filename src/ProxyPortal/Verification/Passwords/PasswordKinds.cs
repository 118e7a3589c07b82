using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ProxyPortal.Credentials;

namespace ProxyPortal.Verification.Passwords;

/// <summary>
/// Which kinds of hash the users have, and which of them a name without a password is compared with: each kind as often among strangers as
/// among users, always the same one for the same name, so that the time of an answer says nothing about who exists (decision 0012).
/// </summary>
internal sealed class PasswordKinds(PasswordHashing hashing, SecretKeys keys)
{
    // More than any directory has; beyond it a kind counts as the present one.
    private const int MostKinds = 64;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _imported = new(StringComparer.Ordinal);
    private int _present;
    private volatile Share[]? _shares = [];

    /// <summary>A user's hash came, went or was replaced.</summary>
    public void Change(byte[]? before, byte[]? after)
    {
        if (before is null && after is null)
            return;
        lock (_lock)
        {
            Count(before, -1);
            Count(after, 1);
        }
    }

    /// <summary>What <paramref name="userId"/>, who has no password here, is compared with.</summary>
    public byte[] HashOfStranger(ReadOnlySpan<char> userId)
    {
        Share[] shares = _shares ?? Measure();
        if (shares.Length == 0)
            return hashing.Dummy;
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.StrangerKey, MemoryMarshal.AsBytes(userId), digest);
        // A number below the count of all users, evenly spread.
        long place = (long)(ulong)(((UInt128)BinaryPrimitives.ReadUInt64LittleEndian(digest) * (ulong)shares[^1].Until) >> 64);
        foreach (Share share in shares)
        {
            if (place < share.Until)
                return share.Dummy;
        }
        return hashing.Dummy;
    }

    private void Count(byte[]? stored, int step)
    {
        if (stored is null)
            return;
        string kind = hashing.KindOf(stored);
        if (kind == PasswordHashing.PresentKind || (_imported.Count >= MostKinds && !_imported.ContainsKey(kind)))
            _present += step;
        else if ((_imported[kind] = _imported.GetValueOrDefault(kind) + step) <= 0)
            _imported.Remove(kind);
        if (_shares is not { Length: 0 } || _imported.Count > 0)
            _shares = null;
    }

    private Share[] Measure()
    {
        lock (_lock)
        {
            if (_imported.Count == 0)
                return _shares = [];
            long until = Math.Max(0, _present);
            var shares = new List<Share> { new(until, hashing.Dummy) };
            foreach ((string kind, int count) in _imported)
                shares.Add(new(until += count, hashing.DummyOf(kind)));
            return _shares = [.. shares];
        }
    }

    private sealed record Share(long Until, byte[] Dummy);
}
