using Microsoft.Extensions.Options;
using ProxyPortal.Credentials;
using ProxyPortal.Monitoring;
using ProxyPortal.Verification.Events;
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
        services.AddEvents();
        services.AddSingleton<ActivityWriter>().AddHostedService(provider => provider.GetRequiredService<ActivityWriter>());
        services.AddSingleton<HashGate>();
        services.AddSingleton(provider =>
        {
            VerificationOptions options = provider.GetRequiredService<IOptions<VerificationOptions>>().Value;
            return new ProofCache(options.ProofCacheSize, TimeSpan.FromMinutes(options.ProofMinutes), options.MismatchCacheSize, TimeSpan.FromSeconds(options.MismatchSeconds),
                provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<RecentProofs>();
        services.AddSingleton<FailureRate>().AddSingleton<AttemptPlaces>().AddSingleton<AttemptThrottle>();
        services.AddSingleton(provider => new ThrottledUsers(provider.GetRequiredService<AttemptThrottle>(), provider.GetRequiredService<AttemptPlaces>()));
        services.AddSingleton<PasswordKinds>().AddSingleton<ColdTimes>().AddSingleton<SupersededUses>().AddSingleton<PasswordProver>();
        services.AddSingleton<FormerPasswordWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<FormerPasswordWatch>());
        services.AddSingleton<Verifier>();
        services.AddSingleton<IDialect, VerifyApi>().AddSingleton<IDialect, VerifyBatch>().AddSingleton<IDialect, AuthorizeCall>().AddSingleton<IDialect, BackfillCall>();
        services.AddSingleton<CallerKeyMisuse>();
        services.AddSingleton<DialectTable>();
        services.AddSingleton<VerifyGate>();
        return services;
    }

    private static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<VerificationEvents>().AddSingleton<EventDrops>().AddSingleton(provider => new LoginMask(provider.GetRequiredService<SecretKeys>()));
        services.AddSingleton(provider => new VerificationActivity(provider.GetRequiredService<VerificationEvents>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(Following<EventBuffer>()).AddSingleton(Following<LastUses>()).AddSingleton(Following<EventTotals>());
        services.AddSingleton<EventStore>().AddSingleton<EventRetention>().AddSingleton<EventHistory>();
        services.AddSingleton<VerificationEventQueries>();
        services.AddSingleton<EventWriter>().AddHostedService(provider => provider.GetRequiredService<EventWriter>());
        services.AddMetrics().AddSingleton<VerificationMetrics>();
    }

    private static Func<IServiceProvider, T> Following<T>() where T : IEventFollower => provider =>
    {
        T follower = ActivatorUtilities.CreateInstance<T>(provider);
        provider.GetRequiredService<VerificationEvents>().Follow(follower);
        return follower;
    };

    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.AddSingleton<SecretKeys>().AddSingleton<KeyCheck>().AddSingleton<PasswordHashing>().AddSingleton<SealedText>().AddSingleton<FormerPasswords>().AddSingleton<PasswordRenewal>();
        return services.AddHostedService(provider => provider.GetRequiredService<PasswordRenewal>());
    }
}
