using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Account;

/// <summary>Identity's store with two differences: tokens (TOTP keys, recovery codes) are sealed, and every new password raises the
/// version that remembered proofs and open links are bound to.</summary>
internal sealed class PortalUserStore(PortalDbContext db, SealedText seal, TimeProvider time, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<User, PortalDbContext, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, IdentityUserPasskey<Guid>>(db, describer)
{
    public override async Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken = default)
    {
        await base.SetPasswordHashAsync(user, passwordHash, cancellationToken);
        user.PasswordVersion++;
        user.PasswordSetAt = time.GetUtcNow();
    }

    public override Task SetTokenAsync(User user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : seal.Seal(value, ContextOf(user.Id, name)), cancellationToken);

    public override async Task<string?> GetTokenAsync(User user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        string? value = await base.GetTokenAsync(user, loginProvider, name, cancellationToken);
        try
        {
            return value is null ? null : seal.Open(value, ContextOf(user.Id, name));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            // Moved from another account or changed by hand: as if it were not there.
            return null;
        }
    }

    public static string ContextOf(Guid userId, string name) => $"{userId:N}/{name}";
}
