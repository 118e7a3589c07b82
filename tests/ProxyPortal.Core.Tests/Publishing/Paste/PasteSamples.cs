using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Paste;

namespace ProxyPortal.Core.Tests.Publishing.Paste;

/// <summary>Texts that are right, of every kind, for the endpoint <c>office</c>.</summary>
internal static class PasteSamples
{
    internal const string Login = "alice";
    private const string Url = "http://alice:•••••@proxy.example:3128";

    internal static readonly PasteTarget[] Targets =
    [
        new("office", new("proxy.example", 3128, ProxyTransport.Http), ["Basic"]),
        new("tls", new("tls.example", 8443, ProxyTransport.Https), ["Basic"]),
        new("socks", new("socks.example", 1080, ProxyTransport.Socks5), []),
        new("six", new("2001:db8::1", 3128, ProxyTransport.Http), ["Basic"]),
    ];

    internal static readonly (PasteKind Kind, string Text)[] Right =
    [
        (PasteKind.Environment, $"http_proxy={Url}\nhttps_proxy={Url}/\n"),
        (PasteKind.Environment, $"# mine\r\nexport http_proxy=\"{Url}\"\r\nexport HTTPS_PROXY='{Url}'\r\nexport no_proxy=localhost,.lan"),
        (PasteKind.Environment, $"export http_proxy={Url} https_proxy=$http_proxy; curl https://example.com/"),
        (PasteKind.Environment, $"set HTTP_PROXY={Url}\r\nset \"HTTPS_PROXY={Url}\"\r\n"),
        (PasteKind.Environment, $"$env:HTTP_PROXY = '{Url}'\n$env:HTTPS_PROXY = \"{Url}\"\n"),
        (PasteKind.Environment, "export all_proxy=socks5h://alice:•••••@socks.example:1080\n"),
        (PasteKind.Environment, "http_proxy=http://[2001:db8::1]:3128 https_proxy=http://[2001:DB8:0::1]:3128"),
        (PasteKind.CurlRc, "proxy = \"http://proxy.example:3128\"\nproxy-user = \"alice:•••••\"\nproxy-basic\n"),
        (PasteKind.CurlRc, "proxy proxy.example:3128\nproxy-user = :\nproxy-negotiate\n"),
        (PasteKind.CurlRc, "curl -x https://tls.example:8443 -U 'alice:•••••' https://example.com/"),
        (PasteKind.CurlRc, $"$ curl -v \\\n  --proxy {Url} \\\n  https://example.com/"),
        (PasteKind.Wgetrc, $"use_proxy = on\nhttp_proxy = {Url}/\nhttps_proxy = {Url}/\n"),
        (PasteKind.Npmrc, $"registry=https://registry.npmjs.org/\nproxy={Url}\nhttps-proxy=\"{Url}\"\nnoproxy=localhost\n"),
        (PasteKind.Npmrc, $"npm config set proxy {Url}\nnpm config set https-proxy={Url}\n"),
        (PasteKind.Git, $"[user]\n\tname = Alice\n[http]\n\tproxy = \"{Url}\"\n\tproxyAuthMethod = basic\n"),
        (PasteKind.Git, $"git config --global http.proxy {Url}"),
        (PasteKind.Pip, $"[global]\nproxy = {Url}\n"),
        (PasteKind.Apt, $"// apt\nAcquire::http::Proxy \"{Url}/\";\nAcquire::https::Proxy \"{Url}/\";\nAcquire::http::Proxy::intern \"DIRECT\";\n"),
        (PasteKind.Docker, $$"""{ "proxies": { "default": { "httpProxy": "{{Url}}", "httpsProxy": "{{Url}}", "noProxy": "localhost" } } }"""),
        (PasteKind.Docker, $"{{\n  \"proxies\": {{\n    \"http-proxy\": \"{Url}\",\n    \"https-proxy\": \"{Url}\"\n  }}\n}}\n"),
        (PasteKind.Maven, "<settings><proxies>\n<!-- <proxy><host>old</host></proxy> -->\n<proxy>\n  <active>true</active>\n  <host>proxy.example</host>\n"
            + "  <port>3128</port>\n  <username>alice</username>\n  <password>•••••</password>\n</proxy>\n</proxies></settings>"),
        (PasteKind.Gradle, "systemProp.http.proxyHost=proxy.example\nsystemProp.http.proxyPort=3128\nsystemProp.https.proxyHost=proxy.example\n"
            + "systemProp.https.proxyPort=3128\nsystemProp.https.proxyUser=alice\nsystemProp.https.proxyPassword=•••••\n"
            + "systemProp.jdk.http.auth.tunneling.disabledSchemes=\n"),
        (PasteKind.Java, "java -Dhttp.proxyHost=proxy.example -Dhttp.proxyPort=3128 -Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=3128 -jar a.jar"),
        (PasteKind.Java, "http.proxyHost=2001:db8::1\nhttp.proxyPort=3128\nhttps.proxyHost=[2001:db8::1]\nhttps.proxyPort=3128\n"),
        (PasteKind.WindowsRegistry, "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software]\r\n\"ProxyEnable\"=dword:00000001\r\n"
            + "\"ProxyServer\"=\"proxy.example:3128\"\r\n\"ProxyOverride\"=\"*.lan;<local>\"\r\n"),
        (PasteKind.WindowsRegistry, "\"ProxyServer\"=\"http=proxy.example:3128;https=proxy.example:3128;ftp=old:21\"\n"),
        (PasteKind.WindowsRegistry, "\"AutoConfigURL\"=\"https://portal.example/proxy.pac\"\n\"ProxyEnable\"=dword:00000000\n"),
        (PasteKind.Pac, "function FindProxyForURL(url, host) {\n  // PROXY 'old:1'\n  return \"PROXY proxy.example:80; HTTPS tls.example:8443; DIRECT\";\n}\n"),
        (PasteKind.Url, Url),
        (PasteKind.Url, "\"http://alice:%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A2@proxy.example:3128/proxy.pac?x#y\"\n"),
        (PasteKind.Url, "Proxy.Example:3128"),
        (PasteKind.Systemd, $"[Service]\nEnvironment=\"http_proxy={Url}\"\nEnvironment=https_proxy={Url}\nEnvironment=\"no_proxy=a\" 'X=%%y'\n"),
        (PasteKind.Systemd, $"Environment=\"http_proxy={Url}\" \"HTTPS_PROXY={Url}\""),
    ];
}
