using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Windows: its settings know HTTP to the proxy only, and keep no secret.</summary>
internal static class WindowsGuides
{
    private const AuthSchemes Spoken = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm;
    private const string InternetSettings = @"Microsoft\Windows\CurrentVersion\Internet Settings";

    internal static ClientGuide Settings { get; } = new()
    {
        Id = "windows",
        Name = "Windows",
        Group = ClientGroup.Windows,
        Syntax = ClientSyntax.Steps,
        Schemes = Spoken,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.AsksForSecret | ClientTraits.PicksStrongest,
        Walk = SettingsSteps,
    };

    internal static ClientGuide UserScript { get; } = new()
    {
        Id = "windows-script",
        Name = "Windows (PowerShell)",
        Group = ClientGroup.Windows,
        Syntax = ClientSyntax.PowerShell,
        Schemes = Spoken,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.AsksForSecret | ClientTraits.PicksStrongest,
        Text = setting => $"$key = 'HKCU:\\Software\\{InternetSettings}'\n" + string.Concat(Values(setting).Select(value =>
            $"Set-ItemProperty -Path $key -Name {value.Name} -Value {(value.Text is string text ? PowerShellQuote.Of(text) : $"{value.Number} -Type DWord")}\n")),
    };

    internal static ClientGuide WebCommands { get; } = new()
    {
        Id = "powershell-web",
        Name = "PowerShell web commands",
        Group = ClientGroup.Windows,
        Syntax = ClientSyntax.PowerShell,
        FileName = "$PROFILE",
        Schemes = Spoken,
        Transports = Reach.WithoutSocks,
        Traits = ClientTraits.StopsAtNegotiate | ClientTraits.PicksStrongest,
        Text = WriteWebCommands,
    };

    internal static ClientGuide WinHttp { get; } = new()
    {
        Id = "winhttp",
        Name = "WinHTTP (netsh)",
        Group = ClientGroup.Windows,
        Syntax = ClientSyntax.Cmd,
        Schemes = Spoken,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.AsksForSecret | ClientTraits.PicksStrongest,
        Text = setting => $"netsh winhttp set proxy proxy-server=\"{setting.Address}\" bypass-list=\"{Exceptions(setting)}\"\r\n",
    };

    internal static ClientGuide StoredCredential { get; } = new()
    {
        Id = "cmdkey",
        Name = "Windows Credential Manager (cmdkey)",
        Group = ClientGroup.Windows,
        Syntax = ClientSyntax.PowerShell,
        // Windows keeps these for its own schemes; what answers Basic is the program that asked.
        Schemes = AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.SecretOnCommandLine | ClientTraits.PicksStrongest,
        Text = WriteStoredCredential,
    };

    internal static ClientGuide Policy { get; } = new()
    {
        Id = "windows-policy",
        Name = "Windows (registry)",
        Group = ClientGroup.Windows,
        Syntax = ClientSyntax.Registry,
        FileName = "proxy.reg",
        Schemes = Spoken,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.AsksForSecret | ClientTraits.PicksStrongest,
        // The first value makes the second key count for everybody on the machine.
        Text = setting => RegistryFile.Write(
            ($@"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\{InternetSettings}", [("ProxySettingsPerUser", null, 0)]),
            ($@"HKEY_LOCAL_MACHINE\SOFTWARE\{InternetSettings}", Values(setting))),
    };

    private static (string Name, string? Text, int Number)[] Values(ClientSetting setting) => setting.PacUrl is Uri pac
        ? [("AutoConfigURL", pac.AbsoluteUri, 0), ("ProxyEnable", null, 0)]
        : [("ProxyServer", $"{setting.Address}", 0), ("ProxyOverride", Exceptions(setting), 0), ("ProxyEnable", null, 1)];

    private static string Exceptions(ClientSetting setting) => string.Join(';', setting.BypassStarred.Append("<local>"));

    private static Result<string> WriteWebCommands(ClientSetting setting) => $$"""
        $login = {{PowerShellQuote.Of(setting.ShownLogin)}}
        $secret = ConvertTo-SecureString {{PowerShellQuote.Of(setting.ShownSecret)}} -AsPlainText -Force
        $credential = [pscredential]::new($login, $secret)
        foreach ($command in 'Invoke-WebRequest', 'Invoke-RestMethod') {
            $PSDefaultParameterValues["${command}:Proxy"] = {{PowerShellQuote.Of(setting.Url())}}
            $PSDefaultParameterValues["${command}:ProxyCredential"] = $credential
        }

        """;

    // In PowerShell, because cmd expands %NAME% even inside quotes. What is left is how Windows joins arguments into one line.
    private static Result<string> WriteStoredCredential(ClientSetting setting) =>
        IsChanged(setting.ShownLogin) || IsChanged(setting.ShownSecret)
            ? Unwritable.Because("A quotation mark, or a backslash at the end, does not reach cmdkey unchanged. Give it /pass without a secret and let it ask.")
            : "cmdkey " + string.Join(' ', new[] { $"/add:{setting.Address.Host}", $"/user:{setting.ShownLogin}", $"/pass:{setting.ShownSecret}" }
                .Select(PowerShellQuote.Of)) + "\n";

    private static bool IsChanged(string argument) => argument.Contains('"', StringComparison.Ordinal) || argument.EndsWith('\\');

    private static IReadOnlyList<FormattableString> SettingsSteps(ClientSetting setting) => setting.PacUrl is Uri pac
        ?
        [
            $"Open Settings, Network & internet, Proxy.",
            $"Next to Use setup script, choose Set up and switch it on.",
            $"Type {pac.AbsoluteUri} as the script address and save.",
            $"When a program asks, type {setting.ShownLogin} and {setting.ShownSecret}, and let it remember them.",
        ]
        :
        [
            $"Open Settings, Network & internet, Proxy.",
            $"Next to Use a proxy server, choose Set up and switch it on.",
            $"Type {setting.Address.Host} as the address and {setting.Address.Port} as the port.",
            $"Type {Exceptions(setting)} as the exceptions and save.",
            $"When a program asks, type {setting.ShownLogin} and {setting.ShownSecret}, and let it remember them.",
        ];
}
