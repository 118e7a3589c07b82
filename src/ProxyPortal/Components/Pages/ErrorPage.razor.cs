using System.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Pages;

/// <summary>Where the exception handler leads. Static: whatever failed, this must not need a circuit.</summary>
public partial class ErrorPage
{
    private string? _incident;

    [CascadingParameter]
    public HttpContext? HttpContext { get; set; }

    protected override void OnInitialized() =>
        _incident = Activity.Current?.TraceId.ToString() ?? HttpContext?.TraceIdentifier;
}
