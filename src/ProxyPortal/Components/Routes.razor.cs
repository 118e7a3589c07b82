using System.Net;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;

namespace ProxyPortal.Components;

public partial class Routes
{
    /// <summary>Where the browser connected from; handed over from the request that rendered the page.</summary>
    [Parameter]
    public string? ClientAddress { get; set; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    protected override void OnInitialized() =>
        CurrentActor.Address = IPAddress.TryParse(ClientAddress, out IPAddress? address) ? address : null;
}
