using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary>The little of RADIUS (RFC 2865) that PAP needs.</summary>
internal sealed class RadiusDialect : Dialect
{
    public const string Secret = "benchmark-secret";
    private const byte AccessRequest = 1, AccessAccept = 2, AccessReject = 3, UserName = 1, UserPassword = 2;
    private const int HeadLength = 20, Block = 16;

    public override SocketType Carrier => SocketType.Dgram;

    // The id is told in the answer, which has to be the one to this request.
    public static byte[] Request(byte id, string userId, string password)
    {
        var authenticator = RandomNumberGenerator.GetBytes(Block);
        byte[] attributes = [.. Attribute(UserName, Encoding.UTF8.GetBytes(userId)), .. Attribute(UserPassword, Hide(Encoding.UTF8.GetBytes(password), authenticator))];
        var length = HeadLength + attributes.Length;
        return [AccessRequest, id, (byte)(length >> 8), (byte)length, .. authenticator, .. attributes];
    }

    public override Verdict? Read(ReadOnlySpan<byte> received, PreparedRequest request)
    {
        if (received.Length < HeadLength || received[1] != request.Bytes[1]) return Verdict.Other;
        return received[0] switch
        {
            AccessAccept => Verdict.Accepted,
            AccessReject => Verdict.Rejected,
            _ => Verdict.Other,
        };
    }

    private static byte[] Attribute(byte type, byte[] value) => [type, (byte)(value.Length + 2), .. value];

    // Each block is hidden under MD5 of the secret and the block before it.
    private static byte[] Hide(byte[] password, byte[] authenticator)
    {
        var hidden = new byte[(Math.Max(1, password.Length) + Block - 1) / Block * Block];
        password.CopyTo(hidden, 0);
        var before = authenticator;
        for (var start = 0; start < hidden.Length; start += Block)
        {
#pragma warning disable CA5351, RS0030 // RADIUS has nothing else.
            var mask = MD5.HashData([.. Encoding.ASCII.GetBytes(Secret), .. before]);
#pragma warning restore CA5351, RS0030
            for (var i = 0; i < Block; i++) hidden[start + i] ^= mask[i];
            before = hidden[start..(start + Block)];
        }
        return hidden;
    }
}
