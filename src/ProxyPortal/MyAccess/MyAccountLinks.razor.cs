using Microsoft.AspNetCore.Components;

namespace ProxyPortal.MyAccess;

/// <summary>Where one's own account is changed.</summary>
public partial class MyAccountLinks
{
    [Parameter, EditorRequired]
    public required MyAccessState State { get; set; }
}
