using System.Net;

namespace ProxyPortal.Core.Http;

/// <summary>X-Forwarded-For as an authenticated caller sends it: the entry at the right is what that caller saw, all others are hearsay.</summary>
public static class ForwardedFor
{
    /// <summary>The address of the right-most entry of <paramref name="line"/>, the header's last line; a port behind it is left away. Null
    /// with true where the entry is empty: the caller does not know. False where it is no address.</summary>
    public static bool TryRightmost(ReadOnlySpan<char> line, out IPAddress? address)
    {
        address = null;
        ReadOnlySpan<char> entry = line[(line.LastIndexOf(',') + 1)..].Trim(" \t");
        if (entry.IsEmpty)
            return true;
        if (!ClientAddress.TryParse(WithoutPort(entry), out IPAddress parsed))
            return false;
        address = parsed;
        return true;
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> entry)
    {
        if (entry[0] == '[')
        {
            int end = entry.IndexOf(']');
            return end > 0 && IsPort(entry[(end + 1)..]) ? entry[1..end] : default;
        }
        int colon = entry.IndexOf(':');
        return colon >= 0 && colon == entry.LastIndexOf(':') && IsPort(entry[colon..]) ? entry[..colon] : entry;
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.IsEmpty || (text.Length is > 1 and <= 6 && text[0] == ':' && !text[1..].ContainsAnyExceptInRange('0', '9'));
}
