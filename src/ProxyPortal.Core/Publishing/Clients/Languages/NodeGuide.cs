using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Node.js through undici; from version 24 on the variables do as well, with NODE_USE_ENV_PROXY=1.</summary>
internal static class NodeGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "node",
        Name = "Node.js",
        Group = ClientGroup.Languages,
        Syntax = ClientSyntax.JavaScript,
        Schemes = AuthSchemes.Basic,
        Transports = Reach.WithoutSocks,
        Text = Write,
    };

    private static Result<string> Write(ClientSetting setting)
    {
        string url = BackslashQuote.Of(setting.UrlWithSecret());
        return $$"""
            import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";

            setGlobalDispatcher(new EnvHttpProxyAgent({
              httpProxy: {{url}},
              httpsProxy: {{url}},
              noProxy: {{BackslashQuote.Of(string.Join(',', setting.BypassDotted))}},
            }));

            """;
    }
}
