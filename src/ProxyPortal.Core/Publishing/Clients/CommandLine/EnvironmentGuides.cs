using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>The variables that most programs read, in the four places where people set them.</summary>
internal static class EnvironmentGuides
{
    internal static ClientGuide Shell { get; } = new()
    {
        Id = "shell",
        Name = "bash, zsh",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.Shell,
        FileName = "~/.profile",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.StopsAtNegotiate,
        Text = setting => Lines(setting, (name, value) => $"export {name}={ShellQuote.Of(value)}") + "export NODE_USE_ENV_PROXY=1\n",
    };

    internal static ClientGuide PowerShell { get; } = new()
    {
        Id = "powershell",
        Name = "PowerShell",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.PowerShell,
        FileName = "$PROFILE",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.StopsAtNegotiate,
        Text = setting => Lines(setting, (name, value) => $"$env:{name} = {PowerShellQuote.Of(value)}") + "$env:NODE_USE_ENV_PROXY = '1'\n",
    };

    internal static ClientGuide System { get; } = new()
    {
        Id = "etc-environment",
        Name = "/etc/environment",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.Ini,
        FileName = "/etc/environment",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.StopsAtNegotiate | ClientTraits.SecretReadableByOthers,
        // pam_env takes the quotes off and knows no escapes; percent-encoded values need none.
        Text = setting => Lines(setting, (name, value) => $"{name}=\"{value}\""),
    };

    internal static ClientGuide Systemd { get; } = new()
    {
        Id = "systemd",
        Name = "systemd",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.Ini,
        FileName = "/etc/systemd/system/NAME.service.d/proxy.conf",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.StopsAtNegotiate | ClientTraits.SecretReadableByOthers,
        Text = setting => "[Service]\n" + Lines(setting, (name, value) => $"Environment={SystemdQuote.Of($"{name}={value}")}"),
    };

    /// <summary>Both spellings: curl reads <c>http_proxy</c> in small letters only, some programs only capitals.</summary>
    internal static IEnumerable<(string Name, string Value)> Variables(ClientSetting setting, string socks = "socks5h")
    {
        string[] names = setting.Address.Transport is ProxyTransport.Socks5 ? ["http_proxy", "https_proxy", "all_proxy"] : ["http_proxy", "https_proxy"];
        IEnumerable<(string Name, string Value)> small = names.Select(name => (name, setting.UrlWithSecret(socks)));
        if (setting.Bypass.Count > 0)
            small = small.Append(("no_proxy", string.Join(',', setting.BypassDotted)));
        return small.SelectMany(variable => new[] { variable, (variable.Name.ToUpperInvariant(), variable.Value) });
    }

    private static string Lines(ClientSetting setting, Func<string, string, string> line) =>
        string.Concat(Variables(setting).Select(variable => line(variable.Name, variable.Value) + "\n"));
}
