using System.Text;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>What a client has to be told: where the proxy is, what it asks for (<paramref name="Schemes"/> in the order of its challenges; a SOCKS
/// endpoint ignores them), and what the reader of the text may see of the credentials.</summary>
public sealed record ClientSetting(ProxyAddress Address, IReadOnlyList<AuthSchemes> Schemes)
{
    public const string LoginPlaceholder = "YOUR-LOGIN";
    public const string SecretPlaceholder = "YOUR-SECRET";

    /// <summary>Null: <see cref="LoginPlaceholder"/> stands in its place.</summary>
    public string? Login { get; init; }

    /// <summary>Null: <see cref="SecretPlaceholder"/> stands in its place.</summary>
    public string? Secret { get; init; }

    /// <summary>Hosts that are reached without the proxy: <c>localhost</c>, <c>.example.org</c>, <c>*.example.org</c>, <c>10.0.0.0/8</c>.</summary>
    public IReadOnlyList<string> Bypass { get; init; } = [];

    /// <summary>Where the PAC file is, for clients that keep no secret and so may as well follow it.</summary>
    public Uri? PacUrl { get; init; }

    internal string ShownLogin => Login ?? LoginPlaceholder;

    internal string ShownSecret => Secret ?? SecretPlaceholder;

    /// <summary>Whether the reader of <paramref name="text"/> has something left to fill in.</summary>
    public static bool HasPlaceholder(string text) =>
        text.Contains(LoginPlaceholder, StringComparison.Ordinal) || text.Contains(SecretPlaceholder, StringComparison.Ordinal);

    /// <summary>Records print their members; this one holds a secret.</summary>
    public override string ToString() => $"{Address}";

    /// <summary>The proxy as a URL without credentials. Host names are left to the proxy where the client knows <c>socks5h</c>.</summary>
    internal string Url(string socks = "socks5h") => $"{UrlScheme(socks)}://{Address}";

    /// <summary>The proxy as a URL with credentials.</summary>
    internal string UrlWithSecret(string socks = "socks5h") => $"{UrlScheme(socks)}://{UserInfo}@{Address}";

    /// <summary>Login and secret, percent-encoded down to the unreserved characters (RFC 3986 §2.3): nothing is left that any of the formats would
    /// quote, and no tool takes a <c>+</c> for a blank.</summary>
    internal string UserInfo => $"{Uri.EscapeDataString(ShownLogin)}:{Uri.EscapeDataString(ShownSecret)}";

    /// <summary>Bypass as variables want it: a suffix starts with a dot.</summary>
    internal IEnumerable<string> BypassDotted => Bypass.Select(host => host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host);

    /// <summary>Bypass as Windows, Java and macOS want it: a suffix starts with an asterisk.</summary>
    internal IEnumerable<string> BypassStarred => Bypass.Select(host => host.StartsWith('.') ? $"*{host}" : host);

    /// <summary>The first offered scheme that <paramref name="spoken"/> holds. A client that was given a secret takes one that uses it before one
    /// that wants a ticket: curl and git do not come back from a ticket that is not there.</summary>
    internal AuthSchemes Chosen(AuthSchemes spoken)
    {
        AuthSchemes[] common = [.. Schemes.Where(scheme => spoken.HasFlag(scheme) && scheme is not AuthSchemes.None)];
        return common.FirstOrDefault(scheme => scheme is AuthSchemes.Basic or AuthSchemes.Digest, common.FirstOrDefault());
    }

    /// <summary>What no text can carry, or null.</summary>
    internal Error? Fault() =>
        !IsPrintable(ShownLogin) || ShownLogin.Contains(':', StringComparison.Ordinal)
            ? new Error("login_invalid", "A login with a colon, a line break or another control character cannot be written for a client.", "login")
        : !IsPrintable(ShownSecret)
            ? new Error("secret_invalid", "A secret with a line break or another control character cannot be written for a client.", "secret")
        : Bypass.Any(host => host.Length == 0 || !host.All(IsBypassCharacter))
            ? new Error("bypass_invalid", "A host that goes past the proxy is a name, an address or a suffix such as .example.org.", "bypass")
        : null;

    private string UrlScheme(string socks) => Address.Transport switch
    {
        ProxyTransport.Http => "http",
        ProxyTransport.Https => "https",
        ProxyTransport.Socks5 => socks,
    };

    // Besides controls: half a surrogate pair has no UTF-8, U+2028 ends a line in source texts, U+FFFE may not stand in XML.
    private static bool IsPrintable(string text)
    {
        for (int i = 0, length; i < text.Length; i += length)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out length) is not System.Buffers.OperationStatus.Done
                || Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFFFE or 0xFFFF)
                return false;
        }
        return text.Length > 0;
    }

    private static bool IsBypassCharacter(char c) => char.IsAsciiLetterOrDigit(c) || ".-_*:/[]".Contains(c, StringComparison.Ordinal);
}
