using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>requests and pip, which is built on it. Both send Basic in Latin-1 and break on anything beyond.</summary>
internal static class PythonGuides
{
    internal static ClientGuide Requests { get; } = new()
    {
        Id = "requests",
        Name = "Python requests",
        Group = ClientGroup.Languages,
        Syntax = ClientSyntax.Python,
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.SendsLatin1 | ClientTraits.SocksNeedsPackage,
        Text = setting => InLatin1(setting, WriteRequests),
    };

    internal static ClientGuide Pip { get; } = new()
    {
        Id = "pip",
        Name = "pip",
        Group = ClientGroup.BuildTools,
        Syntax = ClientSyntax.Ini,
        FileName = "~/.config/pip/pip.conf",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.SendsLatin1 | ClientTraits.SocksNeedsPackage,
        // pip reads the file without interpolation: a percent sign is itself.
        Text = setting => InLatin1(setting, static setting => $"[global]\nproxy = {setting.UrlWithSecret()}\n"),
    };

    // Variables rather than session.proxies: only with them requests heeds no_proxy.
    private static string WriteRequests(ClientSetting setting)
    {
        string url = BackslashQuote.Of(setting.UrlWithSecret());
        string bypass = setting.Bypass.Count > 0 ? $"os.environ[\"no_proxy\"] = {BackslashQuote.Of(string.Join(',', setting.BypassDotted))}\n" : "";
        return $"""
            import os
            import requests

            os.environ["http_proxy"] = {url}
            os.environ["https_proxy"] = {url}
            {bypass}
            print(requests.get("https://example.com/").status_code)

            """;
    }

    private static Result<string> InLatin1(ClientSetting setting, Func<ClientSetting, string> write) =>
        (setting.ShownLogin + setting.ShownSecret).Any(c => c > '\u00FF')
            ? Unwritable.Because("Python's requests cannot send letters beyond Latin-1 to a proxy. Choose a secret in ASCII.")
            : write(setting);
}
