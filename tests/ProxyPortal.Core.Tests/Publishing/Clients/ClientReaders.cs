using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using ProxyPortal.Core.Tests.Publishing.Clients.Readers;

namespace ProxyPortal.Core.Tests.Publishing.Clients;

/// <summary>For every guide with a text, how its client reads that text.</summary>
internal static class ClientReaders
{
    internal static readonly Dictionary<string, Func<string, ClientReading>> All = new()
    {
        ["curl"] = text =>
        {
            List<string> words = ShellReader.Commands(text).Single();
            return Curl(words[words.IndexOf("--proxy") + 1], words[words.IndexOf("--proxy-user") + 1]);
        },
        ["curlrc"] = text => Curl(CurlConfigReader.Read(text)["proxy"]!, CurlConfigReader.Read(text)["proxy-user"]!),
        ["wget"] = text => ClientReading.Same(ProxyVariables(LineReader.Wget(text)).Select(url => UrlReader.Read(url, "http"))),
        ["git"] = text => UrlReader.Read(GitConfigReader.Read(text)["http.proxy"], "http", "https", "socks5h"),
        ["shell"] = text => Variables(ShellReader.Exports(text)),
        ["powershell"] = text => Variables(PowerShellReader.Variables(text)),
        ["etc-environment"] = text => Variables(LineReader.PamEnvironment(text)),
        ["systemd"] = text => Variables(SystemdReader.Environment(text)),
        ["netrc"] = NetrcReader.Read,
        ["requests"] = text => ClientReading.Same(new[] { "http_proxy", "https_proxy" }.Select(name =>
            UrlReader.Read(CodeReader.After(text, $"os.environ[\"{name}\"] = "), "http", "https", "socks5h"))),
        ["node"] = text => ClientReading.Same(new[] { "httpProxy: ", "httpsProxy: " }.Select(name =>
            UrlReader.Read(CodeReader.After(text, name), "http", "https"))),
        ["go"] = text => ClientReading.Same(ProxyVariables(ShellReader.Exports(text)).Select(url => UrlReader.Read(url, "http", "https", "socks5"))),
        ["dotnet"] = text => UrlReader.Read(CodeReader.After(text, "new WebProxy("), "http", "https", "socks5") with
        {
            Login = CodeReader.After(text, "new NetworkCredential("),
            Secret = CodeReader.After(text, "new NetworkCredential(", 1),
        },
        ["java"] = text => Named(CodeReader.After(text, ".proxyHost\", "), CodeReader.After(text, ".proxyPort\", "),
            CodeReader.After(text, "? new PasswordAuthentication("), CodeReader.After(text, "? new PasswordAuthentication(", 1)),
        ["java-properties"] = text => Java(PropertiesReader.Read(text), ""),
        ["gradle"] = text => Java(PropertiesReader.Read(text), "systemProp."),
        ["npm"] = text => ClientReading.Same(new[] { "proxy", "https-proxy" }.Select(name => UrlReader.Read(LineReader.Npm(text)[name]))),
        ["pip"] = text => UrlReader.Read(LineReader.Pip(text)["proxy"], "http", "https", "socks5h"),
        ["apt"] = text => ClientReading.Same(AptConfReader.Read(text).Where(pair => pair.Value != "DIRECT").Select(pair =>
            UrlReader.Read(pair.Value, "http", "https", "socks5h"))),
        ["maven"] = Maven,
        ["vscode"] = text => UrlReader.Read(Json(text).GetProperty("http.proxy").GetString()!, "http", "https"),
        ["docker-daemon"] = text => ClientReading.Same(new[] { "http-proxy", "https-proxy" }.Select(name =>
            UrlReader.Read(Json(text).GetProperty("proxies").GetProperty(name).GetString()!, "http", "https", "socks5"))),
        ["docker-client"] = text => ClientReading.Same(new[] { "httpProxy", "httpsProxy" }.Select(name =>
            UrlReader.Read(Json(text).GetProperty("proxies").GetProperty("default").GetProperty(name).GetString()!))),
        ["podman"] = text => Variables(
            TomlReader.Array(text, "engine", "env").ToDictionary(item => item.Split('=', 2)[0], item => item.Split('=', 2)[1]), socks: "socks5"),
        ["windows-script"] = text => text.Contains("AutoConfigURL", StringComparison.Ordinal)
            ? new ClientReading { Pac = PowerShellReader.Line(text, "Set-ItemProperty -Path $key -Name AutoConfigURL").Single() }
            : UrlReader.Address(PowerShellReader.Line(text, "Set-ItemProperty -Path $key -Name ProxyServer").Single()),
        ["powershell-web"] = text => UrlReader.Read(PowerShellReader.Line(text, "$PSDefaultParameterValues[\"${command}:Proxy\"]").Single(), "http", "https") with
        {
            Login = PowerShellReader.Line(text, "$login").Single(),
            Secret = PowerShellReader.Line(text, "$secret").Single(),
        },
        ["winhttp"] = text => UrlReader.Address(text.Split("proxy-server=\"")[1].Split('"')[0]),
        ["cmdkey"] = CmdKey,
        ["windows-policy"] = text => RegistryReader.Read(text) is var values && values.TryGetValue("AutoConfigURL", out string? pac)
            ? new ClientReading { Pac = pac } : UrlReader.Address(values["ProxyServer"]),
        ["networksetup"] = text => ClientReading.Same(ShellReader.Commands(text).Where(words => words[1].EndsWith("proxy", StringComparison.Ordinal)).Select(words =>
            words is ["networksetup", _, "Wi-Fi", string host, string port, "on", string login, string secret]
                ? Named(host, port, login, secret) : throw new FormatException(words[1]))),
        ["mobileconfig"] = PropertyList,
        ["chrome"] = text => Chromium(Json(text).GetProperty("ProxySettings")),
        ["edge"] = text => Chromium(Json(text).GetProperty("ProxySettings")),
        ["chrome-registry"] = text => Chromium(Json(RegistryReader.Read(text)["ProxySettings"])),
        ["edge-registry"] = text => Chromium(Json(RegistryReader.Read(text)["ProxySettings"])),
        ["firefox"] = Firefox,
        ["keepass"] = text => PasswordManager(CsvReader.Read(text), "URL", "Username", "Password"),
        ["bitwarden"] = text => PasswordManager(CsvReader.Read(text), "login_uri", "login_username", "login_password"),
    };

    private static ClientReading Named(string host, string port, string login, string secret) =>
        new() { Host = host, Port = int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture), Login = login, Secret = secret };

    private static ClientReading Curl(string proxy, string user)
    {
        (string login, string secret) = UrlReader.UserInfo(user);
        return UrlReader.Read(proxy, "http", "https", "socks5h") with { Login = login, Secret = secret };
    }

    private static IEnumerable<string> ProxyVariables(Dictionary<string, string> variables) =>
        variables.Where(pair => pair.Key.ToLowerInvariant() is "http_proxy" or "https_proxy" or "all_proxy").Select(pair => pair.Value);

    private static ClientReading Variables(Dictionary<string, string> variables, string socks = "socks5h")
    {
        if (!variables.ContainsKey("https_proxy") || !variables.ContainsKey("HTTPS_PROXY"))
            throw new FormatException("Half of the programs read the other spelling.");
        return ClientReading.Same(ProxyVariables(variables).Select(url => UrlReader.Read(url, "http", "https", socks)));
    }

    private static ClientReading Java(Dictionary<string, string> properties, string prefix)
    {
        if (properties[$"{prefix}jdk.http.auth.tunneling.disabledSchemes"].Length > 0)
            throw new FormatException("Basic stays off tunnels.");
        ClientReading Read(string protocol) => Named(properties[$"{prefix}{protocol}.proxyHost"], properties[$"{prefix}{protocol}.proxyPort"],
            properties[$"{prefix}{protocol}.proxyUser"], properties[$"{prefix}{protocol}.proxyPassword"]);
        return ClientReading.Same([Read("http"), Read("https")]);
    }

    // Maven's reader trims every value.
    private static ClientReading Maven(string text)
    {
        XNamespace settings = "http://maven.apache.org/SETTINGS/1.0.0";
        XElement proxy = XDocument.Parse(text).Descendants(settings + "proxy").Single();
        string Value(string name) => proxy.Element(settings + name)!.Value.Trim();
        return Named(Value("host"), Value("port"), Value("username"), Value("password"));
    }

    // Checked once by hand with Python's plistlib.
    private static ClientReading PropertyList(string text)
    {
        using XmlReader xml = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Ignore });
        XElement payload = XDocument.Load(xml).Descendants("dict").Single(dict => dict.Parent!.Name == "array");
        string Value(string key) => payload.Elements("key").Single(element => element.Value == key).ElementsAfterSelf().First().Value;
        return Named(Value("ProxyServer"), Value("ProxyServerPort"), Value("ProxyUsername"), Value("ProxyPassword"));
    }

    // What Windows makes of the joined arguments is not read here; the guide refuses the characters at which it would matter.
    private static ClientReading CmdKey(string text)
    {
        List<string> arguments = PowerShellReader.Line(text, "cmdkey");
        string Value(int i, string name) => arguments[i].StartsWith(name, StringComparison.Ordinal) && !arguments[i].Contains('"', StringComparison.Ordinal)
            ? arguments[i][name.Length..] : throw new FormatException(arguments[i]);
        return new ClientReading { Host = Value(0, "/add:"), Login = Value(1, "/user:"), Secret = Value(2, "/pass:") };
    }

    private static ClientReading Chromium(JsonElement policy) => policy.GetProperty("ProxyMode").GetString() == "pac_script"
        ? new ClientReading { Pac = policy.GetProperty("ProxyPacUrl").GetString() }
        : UrlReader.Read(policy.GetProperty("ProxyServer").GetString()!, "http", "https", "socks5");

    private static ClientReading Firefox(string text)
    {
        JsonElement proxy = Json(text).GetProperty("policies").GetProperty("Proxy");
        return proxy.GetProperty("Mode").GetString() == "autoConfig" ? new ClientReading { Pac = proxy.GetProperty("AutoConfigURL").GetString() }
            : UrlReader.Address((proxy.TryGetProperty("SOCKSProxy", out JsonElement socks) ? socks : proxy.GetProperty("HTTPProxy")).GetString()!);
    }

    private static ClientReading PasswordManager(Dictionary<string, string> entry, string url, string login, string secret) =>
        UrlReader.Read(entry[url]) with { Login = entry[login], Secret = entry[secret] };

    private static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip });
        return document.RootElement.Clone();
    }
}
