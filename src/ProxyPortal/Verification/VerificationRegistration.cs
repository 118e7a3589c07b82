using Microsoft.Extensions.Options;
using ProxyPortal.Credentials;
using ProxyPortal.Verification.Passwords;
using ProxyPortal.Verification.Throttling;

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
        services.AddSingleton<FailureRate>().AddSingleton<AttemptPlaces>().AddSingleton<AttemptThrottle>();
        services.AddSingleton<PasswordKinds>().AddSingleton<ColdTimes>().AddSingleton<SupersededUses>().AddSingleton<PasswordProver>();
        services.AddSingleton<FormerPasswordWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<FormerPasswordWatch>());
        services.AddSingleton<Verifier>();
        services.AddSingleton<VerifyApi>();
        return services;
    }

    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.AddSingleton<SecretKeys>().AddSingleton<PasswordHashing>().AddSingleton<SealedText>().AddSingleton<FormerPasswords>().AddSingleton<PasswordRenewal>();
        return services.AddHostedService(provider => provider.GetRequiredService<PasswordRenewal>());
    }
}
