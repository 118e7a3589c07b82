using ProxyPortal.EndToEndTests.Processes;

namespace ProxyPortal.EndToEndTests.ForwardAuth;

/// <summary>The proxies of the documentation pages, each with the configuration of its page.</summary>
internal static class Gates
{
    public static IReadOnlyList<string> Names { get; } = ["haproxy", "nginx", "caddy"];

    public static async Task<Gate> StartAsync(string name, Uri verifyUrl, string callerKey, CancellationToken cancellationToken)
    {
        var gate = new Gate();
        ServerProcess process = name switch
        {
            "haproxy" => await StartHaproxyAsync(gate, verifyUrl, callerKey, DocumentedText.Read("haproxy/proxyportal.lua", null), cancellationToken),
            "nginx" => StartNginx(gate, verifyUrl, callerKey),
            _ => StartCaddy(gate, verifyUrl, callerKey),
        };
        await Loopback.WaitForListenerAsync(gate.Port, process, cancellationToken);
        return gate;
    }

    /// <summary>HAProxy with another action than the documented one.</summary>
    public static async Task<Gate> StartHaproxyAsync(string lua, Uri verifyUrl, string callerKey, CancellationToken cancellationToken)
    {
        var gate = new Gate();
        await Loopback.WaitForListenerAsync(gate.Port, await StartHaproxyAsync(gate, verifyUrl, callerKey, lua, cancellationToken), cancellationToken);
        return gate;
    }

    private static async Task<ServerProcess> StartHaproxyAsync(Gate gate, Uri verifyUrl, string callerKey, string lua, CancellationToken cancellationToken)
    {
        int parent = Loopback.FreePort();
        ServerProcess tinyproxy = gate.Start("tinyproxy", "-d", "-c", gate.Write("tinyproxy.conf", $"Port {parent}\nListen 127.0.0.1\nMaxClients 100\n"));
        await Loopback.WaitForListenerAsync(parent, tinyproxy, cancellationToken);
        string configuration = DocumentedText.Read(
            "haproxy.md", "haproxy",
            ("http://127.0.0.1:5081", Authority(verifyUrl)),
            ("/etc/haproxy/proxyportal.key", gate.Write("proxyportal.key", callerKey + "\n")),
            ("/etc/haproxy/proxyportal.lua", gate.Write("proxyportal.lua", lua)),
            ("127.0.0.1:3128", $"127.0.0.1:{gate.Port}"),
            ("127.0.0.1:8888", $"127.0.0.1:{parent}"));
        return gate.Start("/usr/sbin/haproxy", "-f", gate.Write("haproxy.cfg", configuration));
    }

    private static ServerProcess StartNginx(Gate gate, Uri verifyUrl, string callerKey)
    {
        string key = gate.Write("proxyportal.key", DocumentedText.Read("nginx.md", "nginx-key", ("the caller key of this proxy", callerKey)));
        string site = DocumentedText.Read(
            "nginx.md", "nginx",
            ("127.0.0.1:5081", verifyUrl.Authority),
            ("/etc/nginx/proxyportal.key", key),
            ("127.0.0.1:3128", $"127.0.0.1:{gate.Port}"));
        string own = $$"""
            daemon off;
            user root;
            pid {{gate.Folder}}/nginx.pid;
            error_log stderr warn;
            events {}
            http {
                access_log off;
                client_body_temp_path {{gate.Folder}}/body;
                proxy_temp_path {{gate.Folder}}/proxy;
                fastcgi_temp_path {{gate.Folder}}/fastcgi;
                uwsgi_temp_path {{gate.Folder}}/uwsgi;
                scgi_temp_path {{gate.Folder}}/scgi;
                include {{gate.Write("site.conf", site)}};
            }
            """;
        return gate.Start("/usr/sbin/nginx", "-p", gate.Folder, "-e", "stderr", "-c", gate.Write("nginx.conf", own));
    }

    private static ServerProcess StartCaddy(Gate gate, Uri verifyUrl, string callerKey)
    {
        string key = gate.Write("proxyportal.key", DocumentedText.Read("caddy.md", "caddy-key", ("the caller key of this proxy", callerKey)));
        string configuration = DocumentedText.Read(
            "caddy.md", "caddy",
            ("127.0.0.1:5081", verifyUrl.Authority),
            ("/etc/caddy/proxyportal.key", key),
            ("http://:3128", $"http://:{gate.Port}"));
        return gate.Start("caddy", "run", "--adapter", "caddyfile", "--config", gate.Write("Caddyfile", configuration));
    }

    private static string Authority(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
