using System.Security.Cryptography;
using System.Text;
using ProxyPortal.Core.Http;
using ProxyPortal.Credentials;

namespace ProxyPortal.Verification.Events;

/// <summary>
/// The form in which unknown names are stored. What is typed into the wrong field is often a password: the database keeps the beginning
/// of long ones and a keyed digest, by which the same name is recognised and found again, and which tells nothing without the key.
/// </summary>
public sealed class LoginMask
{
    private const int DigestBytes = 6;
    private readonly SecretKeys _keys;

    internal LoginMask(SecretKeys keys) => _keys = keys;

    public string Mask(string typed)
    {
        if (typed.Length == 0)
            return "";
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_keys.LoginMaskKey, Encoding.UTF8.GetBytes(typed), digest);
        return $"{Beginning(typed)}…#{Convert.ToHexStringLower(digest[..DigestBytes])}";
    }

    /// <summary>A known user's login with a device that the user has not: only the device's name is unknown.</summary>
    public string MaskDevice(string userId, string typed) =>
        typed.Length > userId.Length + 1 ? userId + LoginName.DeviceSeparator + Mask(typed[(userId.Length + 1)..]) : userId;

    // A sixth of a password at most; a surrogate pair is not cut.
    private static string Beginning(string typed)
    {
        int length = Math.Min(2, typed.Length / 6);
        return length > 0 && char.IsHighSurrogate(typed[length - 1]) ? typed[..(length - 1)] : typed[..length];
    }
}
