using Microsoft.AspNetCore.Identity;
using ProxyPortal.Credentials;
using ProxyPortal.Users;

namespace ProxyPortal.Account;

internal static class AccountRegistration
{
    private static readonly TimeSpan RevalidationInterval = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddScoped<IPasswordHasher<User>, IdentityPasswordHasher>();
        services.AddIdentityCore<User>(options =>
        {
            ConfigureStores(options);
            // Names and passwords have rules of their own: UserId, PasswordRules.
            options.User.AllowedUserNameCharacters = "";
            options.Password = new PasswordOptions { RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredLength = PasswordRules.MinCodePoints, RequiredUniqueChars = 1 };
        }).AddUserStore<PortalUserStore>().AddSignInManager().AddDefaultTokenProviders();
        services.AddSingleton<ILookupNormalizer, FoldingNormalizer>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = RevalidationInterval);
        return services;
    }

    /// <summary>Passkeys have their table only from the third version of Identity's schema on.</summary>
    public static void ConfigureStores(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
    }
}
