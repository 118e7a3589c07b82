using Microsoft.Extensions.Options;
using ProxyPortal.Credentials;

namespace ProxyPortal.Verification;

internal static class VerificationRegistration
{
    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.AddSingleton<DirectoryIndex>();
        services.AddSingleton<DirectoryIndexLoader>();
        services.AddSingleton<DirectoryFollower>();
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryFollower>());
        services.AddSingleton<VerificationActivity>();
        services.AddHostedService<ActivityWriter>();
        services.AddSingleton<HashGate>();
        services.AddSingleton(provider =>
        {
            VerificationOptions options = provider.GetRequiredService<IOptions<VerificationOptions>>().Value;
            return new ProofCache(options.ProofCacheSize, TimeSpan.FromMinutes(options.ProofMinutes), options.MismatchCacheSize, TimeSpan.FromSeconds(options.MismatchSeconds),
                provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<RecentProofs>();
        services.AddSingleton<Verifier>();
        services.AddSingleton<IDialect, VerifyApi>().AddSingleton<IDialect, AuthorizeCall>().AddSingleton<IDialect, BackfillCall>();
        services.AddSingleton<DialectTable>();
        services.AddSingleton<VerifyGate>();
        return services;
    }

    public static IServiceCollection AddCredentials(this IServiceCollection services) =>
        services.AddSingleton<SecretKeys>().AddSingleton<KeyCheck>().AddSingleton<PasswordHashing>().AddSingleton<SealedText>();
}
