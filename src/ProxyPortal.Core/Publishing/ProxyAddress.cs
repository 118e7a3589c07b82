using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProxyPortal.Core.Publishing;

/// <summary>How a client speaks to the proxy itself.</summary>
public enum ProxyTransport
{
    Http = 0,
    Https = 1,
    Socks5 = 2,
}

/// <summary>Where a proxy listens: <see cref="Host"/> in canonical form (lower case, A-label for IDN, IPv6 without brackets).</summary>
public sealed record ProxyAddress(string Host, int Port, ProxyTransport Transport)
{
    private const int MaxHostLength = 253;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public override string ToString() => $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    /// <summary>Reads a port as people type it. The platform's parser takes <c>+3128</c> and <c>3128\0</c>; this one does not.</summary>
    public static Result<int> ParsePort(string text)
    {
        if (text.Length is 0 or > 5 || !text.All(char.IsAsciiDigit) || text[0] == '0'
            || int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var port && port > ushort.MaxValue)
            return new Error("port_invalid", "A port is a whole number from 1 to 65535.", "port");
        return port;
    }

    /// <summary>The canonical form of a host name or address, or an error with the code <c>host_invalid</c>.</summary>
    public static Result<string> ParseHost(string typed)
    {
        string text = typed.Trim(' ');
        if (text.Contains("://", StringComparison.Ordinal))
            return Invalid("Give the host name only, without scheme and path.");
        if (text.StartsWith('[') && text.EndsWith(']'))
            return IPAddress.TryParse(text[1..^1], out IPAddress? bracketed) && bracketed.AddressFamily is AddressFamily.InterNetworkV6 && !text.Contains('%', StringComparison.Ordinal)
                ? bracketed.ToString() : Invalid("This is not an IPv6 address.");
        if (text.Contains(':', StringComparison.Ordinal))
            return ParseWithColons(text);
        text = text.EndsWith('.') ? text[..^1] : text;
        return IsNumericHost(text) ? ParseIPv4(text) : ParseName(text);
    }

    private static Result<string> ParseWithColons(string text)
    {
        int last = text.LastIndexOf(':');
        if (text.IndexOf(':', StringComparison.Ordinal) == last)
            return Invalid("Give the port in its own field.");
        // With "::" inside, a last group such as 3128 may be part of the address or a port: ask instead of guessing.
        string group = text[(last + 1)..];
        if (text.Contains("::", StringComparison.Ordinal) && group.Length >= 4 && group.All(char.IsAsciiDigit))
            return Invalid($"Write an IPv6 address in brackets, as in [{text[..last]}], and the port {group} in its own field.");
        // The platform's parser takes "[2001:db8::1]:80" too, and drops the port.
        return IPAddress.TryParse(text, out IPAddress? address) && text.AsSpan().IndexOfAny('%', '[', ']') < 0
            ? address.ToString() : Invalid("This is not an IPv6 address.");
    }

    // Anything whose last label is a number or hexadecimal is an address, or an attempt at one (WHATWG URL, "ends in a number").
    private static bool IsNumericHost(string text)
    {
        string last = text[(text.LastIndexOf('.') + 1)..];
        return last.Length > 0 && (last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase));
    }

    private static Result<string> ParseIPv4(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily is AddressFamily.InterNetwork && address.ToString() == text
            ? text : Invalid("Write an IPv4 address as four numbers from 0 to 255, such as 192.0.2.10.");

    private static Result<string> ParseName(string text)
    {
        string ascii;
        try
        {
            if (text.Length is 0 or > MaxHostLength || MixesAlphabets(text))
                return Invalid("Give a host name of one alphabet, at most 253 characters long.");
            ascii = Idn.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return Invalid("A host name is made of letters, digits and hyphens; each part has at most 63 characters.");
        }
        // Other scripts' digits and dots have become ASCII by now: "127。0。0。1" must not turn into an address.
        if (IsNumericHost(ascii))
            return Invalid("Write an IPv4 address with the digits 0 to 9 and full stops, such as 192.0.2.10.");
        return ascii.Length <= MaxHostLength && ascii.Split('.').All(IsLabel)
            ? ascii : Invalid("A host name is made of letters, digits and hyphens; each part has at most 63 characters.");
    }

    private static bool IsLabel(string label) => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool MixesAlphabets(string text) => text.Split('.').Any(label =>
        label.EnumerateRunes().Where(Rune.IsLetter).Select(rune => rune.IsAscii).Distinct().Count() > 1
        && label.EnumerateRunes().Where(Rune.IsLetter).Any(rune => rune.Value is >= 0x0370 and < 0x0530));

    private static Error Invalid(string message) => new("host_invalid", message, "host");
}
