using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>One fact of a <see cref="KeyValueList"/>.</summary>
public partial class KeyValue
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
