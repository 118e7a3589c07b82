using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProxyPortal.Settings;

namespace ProxyPortal.Management.Reference;

/// <summary>The OpenApi document for people: every operation with what it takes, what it answers, and a call that works. Static, without
/// scripts from anywhere.</summary>
public partial class ApiReferencePage
{
    private IReadOnlyList<(string Tag, IReadOnlyList<ReferenceOperation> Operations)> _tags = [];
    private string? _description;

    [Inject]
    public required IServiceProvider Services { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    protected override async Task OnInitializedAsync()
    {
        OpenApiDocument document = await Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDescription.DocumentName).GetOpenApiDocumentAsync();
        (_tags, _description) = (ReferenceModel.Of(document), document.Info.Description);
    }
}
