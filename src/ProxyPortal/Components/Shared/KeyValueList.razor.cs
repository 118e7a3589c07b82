using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Facts about one thing; holds <see cref="KeyValue"/> elements.</summary>
public partial class KeyValueList
{
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
