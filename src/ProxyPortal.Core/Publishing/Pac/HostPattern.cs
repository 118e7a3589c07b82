using System.Net;
using System.Net.Sockets;

namespace ProxyPortal.Core.Publishing.Pac;

/// <summary>What a <see cref="HostPattern"/> compares.</summary>
public enum HostPatternKind
{
    /// <summary>One host name or address.</summary>
    Exact = 0,

    /// <summary>Every name below a domain, and the domain itself: written <c>.example.org</c>.</summary>
    Domain = 1,

    /// <summary>A glob of <c>*</c> and <c>?</c>.</summary>
    Glob = 2,

    /// <summary>IPv4 addresses, where the URL names one: nothing is looked up for it.</summary>
    Network = 3,
}

/// <summary>Which hosts of URLs are meant, in canonical form. Only hosts can be told apart: browsers hide the path of https URLs from a PAC file.</summary>
public sealed record HostPattern(HostPatternKind Kind, string Text)
{
    public const int MaxLength = 253;

    public override string ToString() => Kind is HostPatternKind.Domain ? "." + Text : Text;

    /// <summary>Reads <c>intranet.example.org</c>, <c>.example.org</c>, <c>*-lab.example.org</c>, <c>10.0.0.0/8</c>. Error: <c>pattern_invalid</c>.</summary>
    public static Result<HostPattern> Parse(string typed)
    {
        string text = typed.Trim(' ').ToLowerInvariant();
        if (text.Length is 0 or > MaxLength)
            return Invalid("A pattern has 1 to 253 characters.");
        if (text.Contains('/', StringComparison.Ordinal))
            return ParseNetwork(text);
        // "*.example.org" is what most people write for a domain; it means the names below it only, and stays a glob.
        if (text.AsSpan().IndexOfAny('*', '?') >= 0)
            return ParseGlob(text);
        if (text.StartsWith('.'))
            return ProxyAddress.ParseHost(text[1..]) is { Succeeded: true, Value: var domain } ? new HostPattern(HostPatternKind.Domain, domain) : Invalid("After the leading dot comes a domain, as in .example.org.");
        Result<string> host = ProxyAddress.ParseHost(text);
        return host.Succeeded ? new HostPattern(HostPatternKind.Exact, host.Value) : Invalid(host.Error!.Message);
    }

    private static Result<HostPattern> ParseGlob(string text)
    {
        if (!text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '*' or '?'))
            return Invalid("A pattern holds letters, digits, dots, hyphens, * for any characters and ? for one. It is no regular expression.");
        return text.Contains("**", StringComparison.Ordinal) || text.Count(character => character == '*') > 4
            ? Invalid("Use at most four single asterisks: more of them are slow in every browser.")
            : new HostPattern(HostPatternKind.Glob, text);
    }

    private static Result<HostPattern> ParseNetwork(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length != 2 || !IPAddress.TryParse(parts[0], out IPAddress? address) || address.AddressFamily is not AddressFamily.InterNetwork || address.ToString() != parts[0]
            || !int.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int length) || length > 32)
            return Invalid("A network is written as an IPv4 address and a length, as in 10.0.0.0/8. PAC files know no other.");
        return IPNetwork.TryParse(text, out IPNetwork network) && network.BaseAddress.Equals(address) ? new HostPattern(HostPatternKind.Network, network.ToString()) : Invalid($"The address has bits behind the first {length}: write the first address of the network.");
    }

    private static Error Invalid(string message) => new("pattern_invalid", message, "pattern");
}
