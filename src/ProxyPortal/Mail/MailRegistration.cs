using Microsoft.Extensions.Options;
using ProxyPortal.Mail.Transport;
using ProxyPortal.Overview.Needs;

namespace ProxyPortal.Mail;

internal static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<MailOptions>(configuration.GetSection(MailOptions.Section));
        services.AddSingleton<MailSetter>().AddSingleton<MailOutbox>().AddSingleton<MailHealth>().AddSingleton<MailSender>();
        services.AddSingleton<FileTransport>().AddSingleton<SmtpTransport>();
        services.AddSingleton<IMailTransport>(provider =>
            provider.GetRequiredService<IOptions<MailOptions>>().Value.Provider is MailProvider.Smtp ? provider.GetRequiredService<SmtpTransport>() : provider.GetRequiredService<FileTransport>());
        services.AddSingleton<MailWorker>().AddHostedService(provider => provider.GetRequiredService<MailWorker>());
        services.AddSingleton<MailService>().AddSingleton<MailTest>().AddSingleton<INeedSource, MailNeed>();
        return services;
    }
}
