using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Asking;

/// <summary>Leads between the kinds of requests.</summary>
public partial class RequestTabs
{
    [Parameter]
    public bool IsDevices { get; set; }

    [Parameter]
    public RequestKind? Kind { get; set; }

    private string? Current(RequestKind kind) => Kind == kind ? "page" : null;
}
