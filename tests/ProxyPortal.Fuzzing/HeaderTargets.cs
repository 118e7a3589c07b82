using System.Net;
using System.Text;
using ProxyPortal.Core.Http;
using static ProxyPortal.Fuzzing.FuzzTargets;

namespace ProxyPortal.Fuzzing;

internal static class HeaderTargets
{
    /// <summary>What is decoded is exactly what the token says, split at its first colon.</summary>
    public static void Credentials(byte[] input)
    {
        string value = Encoding.Latin1.GetString(input);
        if (!ProxyCredentials.TryParse(value, out ProxyCredentials credentials) || credentials.Scheme is not AuthSchemes.Basic)
            return;
        Span<byte> buffer = stackalloc byte[BasicCredentials.BufferLength];
        string token = credentials.Text.ToString();
        if (!BasicCredentials.TryDecode(token, buffer, out ReadOnlySpan<byte> userId, out ReadOnlySpan<byte> secret))
            return;
        Demand(userId.IndexOf((byte)':') < 0, "the first colon splits");
        string digits = token.TrimEnd('=');
        byte[] bytes = Convert.FromBase64String(digits.PadRight((digits.Length + 3) / 4 * 4, '='));
        byte[] whole = [.. userId, (byte)':', .. secret];
        Demand(whole.AsSpan().SequenceEqual(bytes) || Encoding.UTF8.GetString(whole) == Encoding.Latin1.GetString(bytes), "UTF-8 as it is, anything else as Latin-1");
    }

    /// <summary>An address that passes is canonical.</summary>
    public static void RightmostAddress(byte[] input)
    {
        if (ForwardedFor.TryRightmost(Encoding.Latin1.GetString(input), out IPAddress? address) && address is not null)
            Demand(ClientAddress.TryParse(address.ToString(), out IPAddress same) && same.Equals(address) && !address.IsIPv4MappedToIPv6, "canonical");
    }
}
