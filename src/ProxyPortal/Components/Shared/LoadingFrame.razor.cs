using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Rows of the height that the real ones will have, so that nothing jumps when they arrive.</summary>
public partial class LoadingFrame
{
    [Parameter]
    public int Rows { get; set; } = 6;

    /// <summary>For screen readers: "Loading users".</summary>
    [Parameter]
    public string Label { get; set; } = "Loading";
}
