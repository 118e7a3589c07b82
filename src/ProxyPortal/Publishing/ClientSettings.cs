using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing;

/// <summary>What clients of an endpoint are told.</summary>
internal sealed class ClientSettings(SettingsService settings, PublishedPac pac)
{
    /// <param name="endpoint">Where the client shall arrive.</param>
    /// <param name="login">With <paramref name="secret"/> only in the one answer that shows it.</param>
    /// <param name="secret">In clear.</param>
    public ClientSetting Of(ConnectEndpoint endpoint, string? login = null, string? secret = null)
    {
        return new ClientSetting(endpoint.Address, [.. endpoint.Schemes.Select(name => AuthScheme.TryParse(name, out AuthSchemes scheme) ? scheme : AuthSchemes.None)])
        {
            Login = login,
            Secret = secret,
            Bypass = AlwaysStraight.Hosts(settings.Current.PublicUrl),
            PacUrl = pac.Default.LeadsTo(endpoint.Address) ? new Uri(new Uri(settings.Current.PublicUrl), PortalUrls.ProxyPac) : null,
        };
    }
}
