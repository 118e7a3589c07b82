using System.Net;
using ProxyPortal.Settings;

namespace ProxyPortal.Hosting;

/// <summary>Answers only under the portal's own name, or a loopback one: a forged Host header gets 400 and no link.</summary>
internal static class KnownHosts
{
    public static IApplicationBuilder UseKnownHosts(this IApplicationBuilder app)
    {
        SettingsService settings = app.ApplicationServices.GetRequiredService<SettingsService>();
        return app.Use((context, next) =>
        {
            if (IsKnown(context.Request.Host.Host, settings))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
    }

    /// <summary>Whether <paramref name="host"/> is a name of this portal.</summary>
    public static bool IsKnown(string host, SettingsService settings) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address))
        || host.Equals(new Uri(settings.Current.PublicUrl).Host, StringComparison.OrdinalIgnoreCase)
        // Until the first run is over the set-up link may be opened from another machine. By its address always; by a name, which whoever
        // owns the name can point here, only as long as the configuration does not say what the portal is called.
        || (!settings.Current.IsSetUp && (!settings.IsPublicUrlFixed || IPAddress.TryParse(host.Trim('[', ']'), out _)));
}
