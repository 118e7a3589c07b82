using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Publishing.Clients;

namespace ProxyPortal.Publishing;

/// <summary>The text for a client of the reader's choice with login and secret filled in: only beside a secret that is shown once, and gone with it.</summary>
public partial class ClientChooser
{
    private string? _endpoint;
    private string _client = ClientGuides.All[0].Id;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ConnectEndpoint> Endpoints { get; set; }

    [Parameter, EditorRequired]
    public required string Login { get; set; }

    [Parameter, EditorRequired]
    public required string Secret { get; set; }

    [Inject]
    internal ClientSettings Settings { get; init; } = null!;

    private ConnectEndpoint Endpoint => Endpoints.FirstOrDefault(endpoint => endpoint.Name == _endpoint) ?? Endpoints[0];
}
