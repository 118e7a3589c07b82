using Microsoft.AspNetCore.Components;
using ProxyPortal.Proxies;

namespace ProxyPortal.Overview;

/// <summary>Proxies that have not asked for a while, see <see cref="ProxySilence"/>.</summary>
public partial class SilentProxies
{
    private const int Shown = 5;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ProxySummary> Proxies { get; set; }
}
