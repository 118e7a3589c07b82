using System.Text.RegularExpressions;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>.NET in code. Credentials are bound to one scheme, or HttpClient would try Negotiate first and stop there without a ticket.</summary>
internal static class DotNetGuide
{
    private const AuthSchemes Spoken = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm;

    internal static ClientGuide Guide { get; } = new()
    {
        Id = "dotnet",
        Name = ".NET",
        Group = ClientGroup.Languages,
        Syntax = ClientSyntax.CSharp,
        Schemes = Spoken,
        Transports = Reach.Any,
        Text = Write,
    };

    private static Result<string> Write(ClientSetting setting)
    {
        string url = BackslashQuote.Of(setting.Url(socks: "socks5"));
        string credential = $"new NetworkCredential({BackslashQuote.Of(setting.ShownLogin)}, {BackslashQuote.Of(setting.ShownSecret)})";
        AuthSchemes scheme = setting.Address.Transport is ProxyTransport.Socks5 ? AuthSchemes.None : setting.Chosen(Spoken);
        string bound = scheme is AuthSchemes.None ? credential
            : $$"""new CredentialCache { { new Uri({{url}}), "{{AuthScheme.Names(scheme).Single()}}", {{credential}} } }""";
        return $$"""
            using System.Net;

            var proxy = new WebProxy({{url}})
            {
                Credentials = {{bound}},
                BypassList = [{{string.Join(", ", setting.Bypass.Select(Pattern))}}],
            };
            using var client = new HttpClient(new SocketsHttpHandler { Proxy = proxy });

            """;
    }

    // WebProxy wants regular expressions and matches them against "https://host:port".
    private static string Pattern(string host)
    {
        bool isSuffix = host.StartsWith('.') || host.StartsWith("*.", StringComparison.Ordinal);
        string name = Regex.Escape(isSuffix ? host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..] : host);
        return BackslashQuote.Of($"://{(isSuffix ? "([^/]*\\.)?" : "")}{name}(:\\d+)?$");
    }
}
