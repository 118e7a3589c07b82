using System.Security.Cryptography;
using System.Text;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary><c>{SSHA}</c>: the fastest stored form that nginx and OpenLDAP know besides plain text.</summary>
internal static class SaltedSha
{
    // Every account's own, as it should be.
    private const int SaltLength = 8;

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
#pragma warning disable CA5350, RS0030 // The peers' format, not ours.
        var digest = SHA1.HashData([.. Encoding.UTF8.GetBytes(password), .. salt]);
#pragma warning restore CA5350, RS0030
        return "{SSHA}" + Convert.ToBase64String([.. digest, .. salt]);
    }
}
