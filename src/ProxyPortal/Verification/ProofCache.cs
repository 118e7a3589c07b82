using System.Security.Cryptography;

namespace ProxyPortal.Verification;

/// <summary>
/// Remembers which exact secret was proved, or disproved, for which exact version of which credential, under a key that lives only
/// in this process. It holds proofs, never decisions: state is weighed anew on every request, so a revocation needs no eviction, and
/// a new password makes every entry of the old one unreachable. Guessers can fill only the memory of mismatches.
/// </summary>
internal sealed class ProofCache(int matchCapacity, TimeSpan matchLifetime, int mismatchCapacity, TimeSpan mismatchLifetime, TimeProvider time) : IDisposable
{
    private const int HeadSize = 28;
    private readonly KeyedHash _hash = new(RandomNumberGenerator.GetBytes(32));
    private readonly BoundedMemory _matches = new(matchCapacity, matchLifetime, time);
    private readonly BoundedMemory _mismatches = new(mismatchCapacity, mismatchLifetime, time);

    /// <summary>The name under which a secret is remembered: HMAC over credential id, version, and the secret; fixed-length fields
    /// come first, so that no two different inputs can read the same.</summary>
    public DigestKey KeyOf(Guid credential, long version, ReadOnlySpan<byte> login, ReadOnlySpan<byte> secret)
    {
        // Both have passed through the limits of LoginName and PasswordText.
        Span<byte> message = stackalloc byte[HeadSize + login.Length + secret.Length];
        credential.TryWriteBytes(message);
        BitConverter.TryWriteBytes(message[16..], version);
        BitConverter.TryWriteBytes(message[24..], login.Length);
        login.CopyTo(message[HeadSize..]);
        secret.CopyTo(message[(HeadSize + login.Length)..]);
        Span<byte> digest = stackalloc byte[KeyedHash.Size];
        _hash.Compute(message, digest);
        CryptographicOperations.ZeroMemory(message);
        return DigestKey.From(digest);
    }

    /// <returns>True = proved before, false = disproved before, null = not known.</returns>
    public bool? Recall(in DigestKey key) => _matches.Contains(key) ? true : _mismatches.Contains(key) ? false : null;

    public void Remember(in DigestKey key, bool matched) => (matched ? _matches : _mismatches).Add(key);

    /// <summary>Entries held, ended ones included.</summary>
    public int Count => _matches.Count + _mismatches.Count;

    public void Dispose() => _hash.Dispose();
}
