using ProxyPortal.Access;
using ProxyPortal.Credentials;

namespace ProxyPortal.Audit;

internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        // The keys come into being when they are first asked for, which a verb that only reads must not do.
        .AddSingleton(provider => new AuditChain(() => provider.GetRequiredService<SecretKeys>().AuditKey))
        .AddSingleton(provider => new Lazy<AccessControl>(provider.GetRequiredService<AccessControl>))
        .AddSingleton<AuditTrail>().AddSingleton<AuditExport>().AddSingleton<AuditVerification>()
        .AddSingleton<AuditRetention>().AddHostedService(provider => provider.GetRequiredService<AuditRetention>());
}
