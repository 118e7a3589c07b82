using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using ProxyPortal.Account.FirstRun;
using ProxyPortal.Account.MailChange;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Credentials;
using ProxyPortal.Users;

namespace ProxyPortal.Account;

internal static class AccountRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        AddCookies(services);
        // Whatever endpoint forgot to say who may use it is for people who are signed in, second factor and all.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddScoped<IPasswordHasher<User>, IdentityPasswordHasher>();
        services.AddIdentityCore<User>(options =>
        {
            ConfigureStores(options);
            // Names and passwords have rules of their own: UserId, PasswordRules.
            options.User.AllowedUserNameCharacters = "";
            options.Password = new PasswordOptions { RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredLength = PasswordRules.MinCodePoints, RequiredUniqueChars = 1 };
        }).AddUserStore<PortalUserStore>();
        services.AddSingleton<ILookupNormalizer, FoldingNormalizer>();
        services.AddSingleton<SignInSessions>().AddSingleton<SignInThrottle>().AddSingleton<SignInAudit>().AddSingleton<PasswordWork>();
        services.AddSingleton<SignInService>().AddSingleton<SecondFactorService>().AddSingleton<PasswordService>();
        services.AddSingleton<PasswordResets>().AddSingleton<PasswordResetDesk>().AddHostedService(provider => provider.GetRequiredService<PasswordResetDesk>());
        services.AddSingleton<FirstRunService>().AddSingleton<FirstRunNotice>();
        services.AddSingleton<LinkCookie>().AddSingleton<MailChangeMails>().AddSingleton<MailChangeService>();
        services.AddScoped<PasskeyService>();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddScoped<CircuitHandler, CircuitActivity>();
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SecurePolicy) = ("pp-antiforgery", CookieSecurePolicy.SameAsRequest));
        return services;
    }

    /// <summary>Passkeys have their table only from the third version of Identity's schema on.</summary>
    public static void ConfigureStores(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    public static void MapAccounts(this IEndpointRouteBuilder routes) => routes.MapAccountApi();

    private static void AddCookies(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, options => Configure(options, AccountSchemes.SessionCookie))
            .AddCookie(AccountSchemes.Pending, options => Configure(options, "pp-pending"));
        services.AddSingleton<AccountCookies>().AddSingleton<SessionEvents>();
        foreach (string scheme in (string[])[IdentityConstants.ApplicationScheme, AccountSchemes.Pending])
            services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<AccountCookies>((options, cookies) => options.CookieManager = cookies);
    }

    private static void Configure(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.EventsType = typeof(SessionEvents);
        // The row of the session decides; this only bounds it.
        options.ExpireTimeSpan = SessionRules.KeptLifetime;
        options.SlidingExpiration = false;
    }
}
