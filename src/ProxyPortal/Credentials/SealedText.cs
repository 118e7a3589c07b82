using System.Security.Cryptography;
using System.Text;

namespace ProxyPortal.Credentials;

/// <summary>Text that must be read back later (a TOTP key, say), sealed with AES-256-GCM. The context is authenticated, so a value copied
/// into another row does not open. Form: base64 of version 1, nonce 12, tag 16, cipher text.</summary>
internal sealed class SealedText(SecretKeys keys)
{
    private const byte FormatVersion = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + NonceLength + TagLength;

    public string Seal(string text, string context)
    {
        byte[] plain = Encoding.UTF8.GetBytes(text);
        byte[] box = new byte[HeaderLength + plain.Length];
        box[0] = FormatVersion;
        Span<byte> nonce = box.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.SealingKey, TagLength);
        aes.Encrypt(nonce, plain, box.AsSpan(HeaderLength), box.AsSpan(1 + NonceLength, TagLength), Encoding.UTF8.GetBytes(context));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">The value was changed, moved, or sealed with another key.</exception>
    public string Open(string box, string context)
    {
        byte[] bytes = Convert.FromBase64String(box);
        if (bytes.Length < HeaderLength || bytes[0] != FormatVersion)
            throw new CryptographicException("Not a sealed value.");
        byte[] plain = new byte[bytes.Length - HeaderLength];
        using var aes = new AesGcm(keys.SealingKey, TagLength);
        aes.Decrypt(bytes.AsSpan(1, NonceLength), bytes.AsSpan(HeaderLength), bytes.AsSpan(1 + NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(context));
        return Encoding.UTF8.GetString(plain);
    }
}
