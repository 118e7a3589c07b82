using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Guides;

/// <summary>The placeholders that there are, with what stands for each now.</summary>
public partial class GuideValueList
{
    private string? _endpoint;

    [Parameter, EditorRequired]
    public required GuideValues Values { get; set; }

    private string Endpoint => _endpoint ?? Values.Endpoints[0];
}
