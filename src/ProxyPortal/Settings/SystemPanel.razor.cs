using Microsoft.AspNetCore.Components;
using ProxyPortal.Proxies;

namespace ProxyPortal.Settings;

/// <summary>How this process runs. Nothing here can be changed in the browser.</summary>
public partial class SystemPanel
{
    [Inject]
    public required SystemFacts System { get; init; }

    [Inject]
    public required VerifyAddress Verify { get; init; }
}
