using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Users;

namespace ProxyPortal.Credentials;

/// <summary>Lets Identity hash and compare with the same <see cref="PasswordHashing"/> as the proxies' verification.</summary>
internal sealed class IdentityPasswordHasher(PasswordHashing hashing) : IPasswordHasher<User>
{
    public string HashPassword(User user, string password)
    {
        byte[] prepared = PasswordText.Prepare(password, out _) ?? throw new ArgumentException("The password was not validated.", nameof(password));
        try
        {
            return hashing.Hash(prepared);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(prepared);
        }
    }

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        // A text that no password can be is compared as an empty one: it fails, and takes as long as any other.
        byte[] prepared = PasswordText.Prepare(providedPassword, out _) ?? [];
        SecretMatch match = hashing.Verify(Encoding.ASCII.GetBytes(hashedPassword), prepared);
        CryptographicOperations.ZeroMemory(prepared);
        return match switch
        {
            SecretMatch.Match => PasswordVerificationResult.Success,
            SecretMatch.MatchRehashNeeded => PasswordVerificationResult.SuccessRehashNeeded,
            _ => PasswordVerificationResult.Failed,
        };
    }
}
