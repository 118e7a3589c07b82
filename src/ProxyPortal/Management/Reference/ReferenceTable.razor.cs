using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Management.Reference;

/// <summary>Parameters or members of an operation.</summary>
public partial class ReferenceTable
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ReferenceField> Fields { get; set; }
}
