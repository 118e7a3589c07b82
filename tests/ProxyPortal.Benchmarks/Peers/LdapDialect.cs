using System.Text;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary>The little of LDAP (RFC 4511) that a simple bind and its answer need. All lengths here fit into one byte or two.</summary>
internal sealed class LdapDialect : Dialect
{
    private const byte Sequence = 0x30, Integer = 0x02, Text = 0x04, Enumerated = 0x0A, BindRequest = 0x60, BindResponse = 0x61, Simple = 0x80;
    private const int Success = 0, InvalidCredentials = 49;

    public static byte[] Bind(string name, string password) => Element(Sequence,
    [
        .. Element(Integer, [1]),
        .. Element(BindRequest, [.. Element(Integer, [3]), .. Element(Text, Encoding.UTF8.GetBytes(name)), .. Element(Simple, Encoding.UTF8.GetBytes(password))]),
    ]);

    public override Verdict? Read(ReadOnlySpan<byte> received, PreparedRequest request)
    {
        if (!TryOpen(received, Sequence, out var message)) return null;
        // The message's number stands first: the one that was sent, as nothing else is on its way.
        if (!TryOpen(message, Integer, out var id) || !TryOpen(message[(2 + id.Length)..], BindResponse, out var response)
            || !TryOpen(response, Enumerated, out var code) || code.Length != 1) return Verdict.Other;
        return code[0] switch
        {
            Success => Verdict.Accepted,
            InvalidCredentials => Verdict.Rejected,
            _ => Verdict.Other,
        };
    }

    private static byte[] Element(byte tag, byte[] content) =>
        content.Length < 0x80 ? [tag, (byte)content.Length, .. content] : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static bool TryOpen(ReadOnlySpan<byte> bytes, byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (bytes.Length < 2 || bytes[0] != tag) return false;
        var (head, length) = bytes[1] < 0x80 ? (2, (int)bytes[1]) : (2 + (bytes[1] & 0x7F), 0);
        if (bytes.Length < head) return false;
        for (var i = 2; i < head; i++) length = length << 8 | bytes[i];
        if (bytes.Length < head + length) return false;
        content = bytes.Slice(head, length);
        return true;
    }
}
