namespace ProxyPortal.Notices;

internal static class NoticesRegistration
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<NoticeWriter>().AddSingleton<NoticePost>().AddSingleton<NoticeChoices>();
        services.AddSingleton<AuditNotices>().AddSingleton<EndingNotices>().AddSingleton<OldSecretNotices>().AddSingleton<NoticeDigests>();
        return services.AddSingleton<NoticesWorker>().AddHostedService(provider => provider.GetRequiredService<NoticesWorker>());
    }
}
