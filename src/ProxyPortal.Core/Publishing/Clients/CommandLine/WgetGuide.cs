using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>wget: credentials in the URL, because the values of its file lose blanks at their ends.</summary>
internal static class WgetGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "wget",
        Name = "Wget",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.Ini,
        FileName = "~/.wgetrc",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.OnlyHttp,
        Text = setting => $"use_proxy = on\nhttp_proxy = {setting.UrlWithSecret()}/\nhttps_proxy = {setting.UrlWithSecret()}/\n"
            + (setting.Bypass.Count > 0 ? $"no_proxy = {string.Join(',', setting.BypassDotted)}\n" : ""),
    };
}
