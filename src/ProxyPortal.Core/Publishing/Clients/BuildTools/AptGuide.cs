using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>apt. Inside quotes nothing is special except the quote, which a percent-encoded value never holds.</summary>
internal static class AptGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "apt",
        Name = "APT",
        Group = ClientGroup.BuildTools,
        Syntax = ClientSyntax.AptConf,
        FileName = "/etc/apt/apt.conf.d/95proxy",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.SecretReadableByOthers,
        Text = setting => $"Acquire::http::Proxy \"{setting.UrlWithSecret()}/\";\nAcquire::https::Proxy \"{setting.UrlWithSecret()}/\";\n"
            + string.Concat(setting.Bypass.Where(IsOneName).Select(host =>
                $"Acquire::http::Proxy::{host} \"DIRECT\";\nAcquire::https::Proxy::{host} \"DIRECT\";\n")),
    };

    // Exceptions are single names: no suffixes, no networks.
    private static bool IsOneName(string host) => host[0] != '.' && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');
}
