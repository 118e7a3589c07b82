using System.Security.Cryptography;

namespace ProxyPortal.Verification;

/// <summary>
/// Remembers which exact secret was proved, or disproved, for which exact version of which credential, under a key that lives only
/// in this process. It holds proofs, never decisions: state is weighed anew on every request, so a revocation needs no eviction, and
/// a new password makes every entry of the old one unreachable. Guessers can fill only the memory of mismatches.
/// </summary>
internal sealed class ProofCache(int matchCapacity, TimeSpan matchLifetime, int mismatchCapacity, TimeSpan mismatchLifetime, TimeProvider time) : IDisposable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly BoundedMemory _matches = new(matchCapacity, matchLifetime, time);
    private readonly BoundedMemory _mismatches = new(mismatchCapacity, mismatchLifetime, time);
    private readonly ThreadLocal<IncrementalHash> _hmac = new(trackAllValues: true);

    /// <summary>The name under which a secret is remembered: HMAC over credential id, version, and the secret; fixed-length fields
    /// come first, so that no two different inputs can read the same.</summary>
    public DigestKey KeyOf(Guid credential, long version, ReadOnlySpan<byte> login, ReadOnlySpan<byte> secret)
    {
        IncrementalHash hmac = _hmac.Value ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Span<byte> head = stackalloc byte[28];
        credential.TryWriteBytes(head);
        BitConverter.TryWriteBytes(head[16..], version);
        BitConverter.TryWriteBytes(head[24..], login.Length);
        hmac.AppendData(head);
        hmac.AppendData(login);
        hmac.AppendData(secret);
        Span<byte> digest = stackalloc byte[32];
        hmac.GetHashAndReset(digest);
        return DigestKey.From(digest);
    }

    /// <returns>True = proved before, false = disproved before, null = not known.</returns>
    public bool? Recall(in DigestKey key) => _matches.Contains(key) ? true : _mismatches.Contains(key) ? false : null;

    public void Remember(in DigestKey key, bool matched) => (matched ? _matches : _mismatches).Add(key);

    /// <summary>Entries held, ended ones included.</summary>
    public int Count => _matches.Count + _mismatches.Count;

    public void Dispose()
    {
        foreach (IncrementalHash hmac in _hmac.Values)
            hmac.Dispose();
        _hmac.Dispose();
    }
}
