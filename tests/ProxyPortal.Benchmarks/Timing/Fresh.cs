using System.Buffers.Text;
using System.Security.Cryptography;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>Secrets used once.</summary>
internal static class Fresh
{
    public static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
