using System.Text;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;

namespace ProxyPortal.Devices;

/// <summary>Makes the secrets of devices. What is stored cannot be turned back.</summary>
internal sealed class DeviceSecrets(SecretKeys keys)
{
    /// <summary>A new secret and what is kept of it.</summary>
    public (string Secret, byte[] Digest) Create()
    {
        string secret = GeneratedSecret.Create(GeneratedSecret.DeviceSecretPrefix);
        return (secret, SecretDigests.OfDeviceSecret(keys.DeviceKey, Encoding.UTF8.GetBytes(secret)));
    }
}
