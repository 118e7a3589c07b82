using System.Text.RegularExpressions;

namespace ProxyPortal.Proxies;

/// <summary>The SHA-256 of a certificate as browsers and openssl show it: <c>AB:CD:…</c>, 32 pairs.</summary>
internal static partial class CertificateFingerprint
{
    public const int Length = 95;

    /// <summary>The canonical form of what was typed or pasted, with or without colons, blanks and what openssl writes before it; null when it is none.</summary>
    public static string? Of(string typed)
    {
        string digits = Around().Replace(typed, "").ToUpperInvariant();
        return Digits().IsMatch(digits) ? string.Join(':', digits.Chunk(2).Select(pair => new string(pair))) : null;
    }

    [GeneratedRegex(@"\A\s*sha-?256(\s+fingerprint)?\s*[=:]|[\s:]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Around();

    [GeneratedRegex(@"\A[0-9A-F]{64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
