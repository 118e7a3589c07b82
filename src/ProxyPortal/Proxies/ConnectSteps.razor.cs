using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Integrations.Recipes;
using ProxyPortal.Integrations.Squid;

namespace ProxyPortal.Proxies;

/// <summary>What an administrator does on the proxy, ready to paste, ending with the portal seeing the first call.</summary>
public partial class ConnectSteps
{
    private Guid? _chosen;
    private ProxyRecipe? _recipe;

    [Parameter, EditorRequired]
    public Guid ProxyId { get; set; }

    [Parameter, EditorRequired]
    public required string ProxyName { get; set; }

    [Parameter, EditorRequired]
    public required string Realm { get; set; }

    /// <summary>At least one.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<EndpointDetail> Endpoints { get; set; }

    [Parameter]
    public DateTimeOffset? LastCallAt { get; set; }

    [Parameter]
    public EventCallback OnCalled { get; set; }

    [Inject]
    public required VerifyAddress Verify { get; init; }

    private EndpointDetail Endpoint => Endpoints.FirstOrDefault(endpoint => endpoint.Id == _chosen) ?? Endpoints[0];

    private SquidSettings Squid => new(Realm, Endpoint.Name, Endpoint.Port, Verify.Url);

    private string CheckCommand
    {
        get
        {
            string scheme = Endpoint.Transport switch
            {
                ProxyTransport.Http => "http",
                ProxyTransport.Https => "https",
                ProxyTransport.Socks5 => "socks5h",
                _ => throw new InvalidOperationException(Endpoint.Transport.ToString()),
            };
            return $"curl --proxy {scheme}://{Endpoint.Address} --proxy-user USER-ID -I https://example.com/\n";
        }
    }

    private void ChooseKind(ChangeEventArgs change) => _recipe = ProxyRecipe.Find(change.Value as string);

    private void Choose(ChangeEventArgs change) => _chosen = Guid.TryParse(change.Value as string, out Guid id) ? id : null;
}
