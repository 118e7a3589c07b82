using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace ProxyPortal.Core.Http;

/// <summary>The address of the proxy's user, written the one canonical way.</summary>
public static class ClientAddress
{
    private const int LongestText = 45;
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF.:");

    /// <summary>Parses <paramref name="text"/>; IPv4 inside IPv6 becomes IPv4. Only the canonical spelling passes, because the
    /// platform's parser reads <c>010.0.0.1</c> as <c>8.0.0.1</c> and <c>127.1</c> as <c>127.0.0.1</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.Length is 0 or > LongestText || text.ContainsAnyExcept(AddressCharacters) || !IPAddress.TryParse(text, out IPAddress? parsed))
            return false;
        Span<char> canonical = stackalloc char[LongestText];
        if (parsed.AddressFamily is AddressFamily.InterNetwork &&
            !(parsed.TryFormat(canonical, out int written) && text.SequenceEqual(canonical[..written])))
            return false;
        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }
}
