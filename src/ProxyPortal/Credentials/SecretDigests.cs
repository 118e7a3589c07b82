using System.Security.Cryptography;
using System.Text;

namespace ProxyPortal.Credentials;

/// <summary>Digests of secrets that have at least 128 bits by themselves: a fast hash is enough for them.</summary>
internal static class SecretDigests
{
    /// <summary>SHA-256 of a caller key, API token or link token: found by its digest.</summary>
    public static byte[] OfKey(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>HMAC-SHA-256 of a device secret under <see cref="SecretKeys.DeviceKey"/>.</summary>
    public static byte[] OfDeviceSecret(byte[] deviceKey, ReadOnlySpan<byte> secret) => HMACSHA256.HashData(deviceKey, secret);
}
