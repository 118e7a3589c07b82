using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ProxyPortal.Verification;

/// <summary>
/// Remembers which exact secret was proved, or disproved, for which exact version of which credential, under a key that lives only
/// in this process. It holds proofs, never decisions: state is weighed anew on every request, so a revocation needs no eviction, and
/// a new password makes every entry of the old one unreachable. Guessers can fill only the memory of mismatches.
/// </summary>
internal sealed class ProofCache(int matchCapacity, TimeSpan matchLifetime, int mismatchCapacity, TimeSpan mismatchLifetime) : IDisposable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly BoundedMemory _matches = new(matchCapacity, matchLifetime);
    private readonly BoundedMemory _mismatches = new(mismatchCapacity, mismatchLifetime);
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
    public bool? Recall(in DigestKey key, long now) =>
        _matches.Contains(key, now) ? true : _mismatches.Contains(key, now) ? false : null;

    public void Remember(in DigestKey key, bool matched, long now) => (matched ? _matches : _mismatches).Add(key, now);

    public void Dispose()
    {
        foreach (IncrementalHash hmac in _hmac.Values)
            hmac.Dispose();
        _hmac.Dispose();
    }

    /// <summary>A set whose entries end by time, and by age when it is full: two generations, the older dropped whole.</summary>
    private sealed class BoundedMemory(int capacity, TimeSpan lifetime)
    {
        private readonly long _lifetime = lifetime.Ticks;
        private ConcurrentDictionary<DigestKey, long> _young = new();
        private ConcurrentDictionary<DigestKey, long> _old = new();
        private int _youngCount;

        public bool Contains(in DigestKey key, long now) =>
            (_young.TryGetValue(key, out long until) || _old.TryGetValue(key, out until)) && now < until;

        public void Add(in DigestKey key, long now)
        {
            if (_lifetime == 0)
                return;
            ConcurrentDictionary<DigestKey, long> young = _young;
            young[key] = now + _lifetime;
            if (Interlocked.Increment(ref _youngCount) > capacity / 2 && Interlocked.CompareExchange(ref _young, new(), young) == young)
            {
                _old = young;
                _youngCount = 0;
            }
        }
    }
}
