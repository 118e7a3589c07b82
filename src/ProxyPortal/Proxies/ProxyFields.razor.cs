using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Proxies;

/// <summary>The fields of a new proxy and its first endpoint: on the page for new proxies and in the first run.</summary>
public partial class ProxyFields
{
    [Parameter, EditorRequired]
    public required ProxyForm Form { get; set; }

    [Parameter, EditorRequired]
    public Error? Fault { get; set; }
}
