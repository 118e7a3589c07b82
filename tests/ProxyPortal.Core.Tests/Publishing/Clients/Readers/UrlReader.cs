using System.Globalization;
using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>A proxy URL as curl, Go, Python and npm take it apart: userinfo up to the @, its first colon splits, percent escapes are UTF-8.
/// Stricter than all of them: userinfo may hold unreserved characters and escapes only, so that no reader can differ.
/// curl, git, wget, apt and npm were once run against a listener.</summary>
internal static class UrlReader
{
    internal static ClientReading Read(string url, params string[] schemes)
    {
        string scheme = url[..url.IndexOf("://", StringComparison.Ordinal)];
        if (schemes.Length > 0 && !schemes.Contains(scheme))
            throw new FormatException(scheme);
        string authority = url[(scheme.Length + 3)..].TrimEnd('/');
        string[] halves = authority.Split('@');
        ClientReading address = Address(halves[^1]);
        if (halves.Length == 1)
            return address;
        (string login, string secret) = UserInfo(halves[0]);
        return address with { Login = login, Secret = secret };
    }

    internal static (string Login, string Secret) UserInfo(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 2 ? (Decode(parts[0]), Decode(parts[1])) : throw new FormatException(text);
    }

    /// <summary><c>name:port</c> or <c>[address]:port</c>.</summary>
    internal static ClientReading Address(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = text[..colon];
        if (host.Contains(':', StringComparison.Ordinal) != (host.StartsWith('[') && host.EndsWith(']')))
            throw new FormatException("An IPv6 address stands in brackets here, nothing else does.");
        return new ClientReading { Host = host.Trim('[', ']'), Port = int.Parse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture) };
    }

    private static string Decode(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
                bytes.Add(char.IsAsciiLetterOrDigit(text[i]) || "-._~".Contains(text[i], StringComparison.Ordinal) ? (byte)text[i] : throw new FormatException(text));
        }
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
    }
}
