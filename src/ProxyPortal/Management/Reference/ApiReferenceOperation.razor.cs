using System.Text;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Management.Reference;

/// <summary>One operation of the reference.</summary>
public partial class ApiReferenceOperation
{
    [Parameter, EditorRequired]
    public required ReferenceOperation Operation { get; set; }

    /// <summary>Scheme, name and port of the portal.</summary>
    [Parameter, EditorRequired]
    public required string Origin { get; set; }

    private string Curl(ApiExample example)
    {
        var line = new StringBuilder("curl -H \"Authorization: Bearer $TOKEN\"");
        if (Operation.Method != "GET")
            line.Append(" -X ").Append(Operation.Method);
        if (example.Body is not null)
            line.Append(" \\\n  -H 'Content-Type: ").Append(example.MediaType).Append("' --data-binary '").Append(example.Body).Append('\'');
        return line.Append(" \\\n  '").Append(Origin).Append(ManagementApi.Prefix).Append(example.Address).Append('\'').ToString();
    }

    private static RenderFragment Table(string title, IReadOnlyList<ReferenceField> fields) => builder =>
    {
        if (fields.Count == 0)
            return;
        builder.OpenComponent<ReferenceTable>(0);
        builder.AddComponentParameter(1, nameof(ReferenceTable.Title), title);
        builder.AddComponentParameter(2, nameof(ReferenceTable.Fields), fields);
        builder.CloseComponent();
    };
}
