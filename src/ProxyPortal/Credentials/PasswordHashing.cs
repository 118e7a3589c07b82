using System.Collections.Concurrent;
using System.Text;
using ProxyPortal.Credentials.Formats;

namespace ProxyPortal.Credentials;

/// <summary>What comparing a password with a stored hash found.</summary>
public enum SecretMatch
{
    Match = 0,

    /// <summary>It matches, but was hashed at an older, lower cost or by another program: store it anew.</summary>
    MatchRehashNeeded = 1,
    Mismatch = 2,

    /// <summary>The stored text is no hash that this release accepts: nobody gets in by it, and someone should look.</summary>
    Malformed = 3,
}

/// <summary>
/// The one place where user-chosen passwords are hashed and compared. New hashes are <see cref="Argon2idFormat"/> at OWASP's present
/// minimum cost (12 ms on one core, 19 MiB while it runs); others are only compared, chosen by their prefix.
/// </summary>
internal sealed class PasswordHashing
{
    public const int MemoryKib = Argon2idFormat.MemoryKib;
    public const int Passes = Argon2idFormat.Passes;
    private readonly Argon2idFormat _own;
    private readonly IPasswordFormat[] _formats;
    private readonly ConcurrentDictionary<string, byte[]> _dummies = new(StringComparer.Ordinal);

    public PasswordHashing(SecretKeys keys)
    {
        _own = new Argon2idFormat(keys);
        _formats = [_own, .. ImportedFormats.All];
        Dummy = Encoding.ASCII.GetBytes(_own.Dummy(PresentKind));
    }

    /// <summary>The kind of every new hash, see <see cref="KindOf"/>.</summary>
    public static string PresentKind => Argon2idFormat.PresentKind;

    /// <summary>A hash that no password matches, at the present cost: unknown names are compared with it, so that they cost the same.</summary>
    public byte[] Dummy { get; }

    /// <param name="prepared">The output of <see cref="Core.Secrets.PasswordText"/>.</param>
    public string Hash(ReadOnlySpan<byte> prepared) => _own.Hash(prepared);

    /// <summary>Compares; slow on purpose, so call it where waiting is planned for. Never throws, whatever is stored.</summary>
    public SecretMatch Verify(ReadOnlySpan<byte> storedAscii, ReadOnlySpan<byte> prepared)
    {
        string stored = Encoding.ASCII.GetString(storedAscii);
        foreach (IPasswordFormat format in _formats)
        {
            if (format.KindOf(stored) is not null)
                return format.Verify(stored, prepared);
        }
        // Otherwise a damaged row would answer faster than a name that does not exist.
        _own.Verify(Encoding.ASCII.GetString(Dummy), prepared);
        return SecretMatch.Malformed;
    }

    /// <summary>Format and cost of a stored hash: hashes of one kind take the same time. What is no hash counts as one of the present kind.</summary>
    public string KindOf(ReadOnlySpan<byte> storedAscii)
    {
        Span<byte> present = stackalloc byte[64];
        if (storedAscii.StartsWith(present[..Encoding.ASCII.GetBytes(PresentKind, present)]))
            return PresentKind;
        string stored = Encoding.ASCII.GetString(storedAscii);
        foreach (IPasswordFormat format in _formats)
        {
            if (format.KindOf(stored) is { } kind)
                return kind;
        }
        return PresentKind;
    }

    /// <summary>As <see cref="Dummy"/>, of another kind.</summary>
    public byte[] DummyOf(string kind) =>
        kind == PresentKind ? Dummy : _dummies.GetOrAdd(kind, made => Encoding.ASCII.GetBytes(FormatOf(made).Dummy(made)));

    private IPasswordFormat FormatOf(string kind) => kind[1] switch
    {
        'p' => _own,
        '2' => ImportedFormats.All[0],
        '5' or '6' => ImportedFormats.All[1],
        _ => ImportedFormats.All[2],
    };
}
