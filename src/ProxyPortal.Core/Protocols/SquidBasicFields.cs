using System.Buffers;
using System.Net;
using System.Text;

namespace ProxyPortal.Core.Protocols;

/// <summary>What stands in a line of <c>auth_param basic</c>: user, password and what <c>key_extras</c> adds, all still escaped.</summary>
public readonly ref struct SquidBasicFields
{
    private const byte Blank = (byte)' ';
    private static readonly SearchValues<byte> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    private SquidBasicFields(ReadOnlySpan<byte> user, ReadOnlySpan<byte> password, ReadOnlySpan<byte> extras)
    {
        User = user;
        Password = password;
        Extras = extras;
    }

    public ReadOnlySpan<byte> User { get; }

    public ReadOnlySpan<byte> Password { get; }

    public ReadOnlySpan<byte> Extras { get; }

    /// <summary>Splits at single blanks; false without a user or without a password (Squid refuses both before it asks).</summary>
    public static bool TrySplit(ReadOnlySpan<byte> fields, out SquidBasicFields split)
    {
        split = default;
        int userEnd = fields.IndexOf(Blank);
        if (userEnd <= 0)
            return false;
        ReadOnlySpan<byte> rest = fields[(userEnd + 1)..];
        int passwordEnd = rest.IndexOf(Blank);
        if (passwordEnd < 0)
            passwordEnd = rest.Length;
        split = new SquidBasicFields(fields[..userEnd], rest[..passwordEnd], rest[Math.Min(passwordEnd + 1, rest.Length)..]);
        return passwordEnd > 0;
    }

    /// <summary>Reads <c>key_extras "%&gt;a %lp"</c>: the client's address, then the port it came in on. <c>"%lp"</c> alone, the variant
    /// that keeps the address out of Squid's cache key, is a port without an address. What follows is not ours to read. Anything
    /// else in front is false: the extras are not what they should be, and above all they are never a part of the password.</summary>
    public bool TryReadExtras(out string? clientAddress) => TryReadExtras(Extras, out clientAddress);

    /// <inheritdoc cref="TryReadExtras(out string?)"/>
    public static bool TryReadExtras(ReadOnlySpan<byte> extras, out string? clientAddress)
    {
        clientAddress = null;
        if (extras.IsEmpty)
            return true;
        int end = extras.IndexOf(Blank);
        ReadOnlySpan<byte> first = end < 0 ? extras : extras[..end];
        bool isPortAlone = end < 0 && IsPort(first);
        return isPortAlone || first.SequenceEqual("-"u8) || TryReadAddress(first, out clientAddress);
    }

    private static bool TryReadAddress(ReadOnlySpan<byte> bytes, out string? text)
    {
        text = null;
        // .NET reads "1", "127.1", "0x7f.1" and "010.0.0.1" as addresses too: only what prints as it was written is one.
        if (bytes.ContainsAnyExcept(AddressCharacters))
            return false;
        string candidate = Encoding.ASCII.GetString(bytes);
        if (!IPAddress.TryParse(candidate, out IPAddress? address))
            return false;
        if (!candidate.Contains(':', StringComparison.Ordinal) && !string.Equals(address.ToString(), candidate, StringComparison.Ordinal))
            return false;
        text = candidate;
        return true;
    }

    private static bool IsPort(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > 5 || bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        int port = 0;
        foreach (byte digit in bytes)
            port = port * 10 + (digit - '0');
        return port <= 65535;
    }
}
