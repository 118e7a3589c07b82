using Microsoft.AspNetCore.Components;
using ProxyPortal.Integrations.Squid;
using ProxyPortal.Settings;

namespace ProxyPortal.Proxies;

/// <summary>What an administrator does on a Squid's machine, ready to paste.</summary>
public partial class SquidSteps
{
    [Parameter, EditorRequired]
    public required SquidSettings Squid { get; set; }

    [Parameter, EditorRequired]
    public required EndpointDetail Endpoint { get; set; }

    [Inject]
    public required VerifyAddress Verify { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    private string InstallCommands =>
        $"dotnet publish src/ProxyPortal.SquidHelper -c Release -o helper\nsudo install -m 755 helper/proxyportal-squid-helper {Squid.HelperPath}\n";
}
