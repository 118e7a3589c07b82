using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Account.SecondFactors;

/// <summary>Ten codes of 78 bits for the day the phone is lost. Only their digests are kept, one row each: using a code deletes its
/// row, and of any number at once only one can.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;
    private const string Provider = "[RecoveryCode]";
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>Replaces all codes of the account in <paramref name="db"/>, to be saved by the caller.</summary>
    /// <returns>The new codes, to be shown once.</returns>
    public static async Task<IReadOnlyList<string>> ReplaceAsync(PortalDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        db.UserTokens.RemoveRange(await OfAsync(db, userId).ToListAsync(cancellationToken));
        string[] codes = [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4))))];
        db.UserTokens.AddRange(codes.Select(code => new IdentityUserToken<Guid> { UserId = userId, LoginProvider = Provider, Name = DigestOf(userId, code), Value = null }));
        return codes;
    }

    public static Task<int> CountAsync(PortalDbContext db, Guid userId, CancellationToken cancellationToken) => OfAsync(db, userId).CountAsync(cancellationToken);

    /// <returns>Whether the code was one of the account's, and is now used up.</returns>
    public static async Task<bool> UseAsync(PortalDbContext db, Guid userId, string code, CancellationToken cancellationToken)
    {
        string digest = DigestOf(userId, code);
        return await OfAsync(db, userId).Where(token => token.Name == digest).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    /// <summary>Takes every key, code and passkey away from the account, when the caller saves.</summary>
    public static async Task RemoveEveryFactorAsync(PortalDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        db.UserTokens.RemoveRange(await db.UserTokens.Where(token => token.UserId == userId).ToListAsync(cancellationToken));
        DbSet<IdentityUserPasskey<Guid>> passkeys = db.Set<IdentityUserPasskey<Guid>>();
        passkeys.RemoveRange(await passkeys.Where(passkey => passkey.UserId == userId).ToListAsync(cancellationToken));
    }

    private static IQueryable<IdentityUserToken<Guid>> OfAsync(PortalDbContext db, Guid userId) =>
        db.UserTokens.Where(token => token.UserId == userId && token.LoginProvider == Provider);

    // As people retype them: without hyphens, in capitals, with spaces.
    private static string DigestOf(Guid userId, string code)
    {
        string plain = new([.. code.Where(char.IsAsciiLetterOrDigit).Take(64).Select(char.ToLowerInvariant)]);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{userId:N}/{plain}")));
    }
}
