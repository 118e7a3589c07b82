using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProxyPortal.Publishing;

namespace ProxyPortal.MyAccess;

/// <summary>Where to arrive: host and port to be copied, and what else a device may ask.</summary>
public partial class MyEndpoints
{
    [Parameter, EditorRequired]
    public required MyAccessState State { get; set; }

    [Inject]
    public required IStringLocalizer<ConnectTexts> Published { get; init; }
}
