using Microsoft.AspNetCore.Components;
using ProxyPortal.Integrations.Recipes;

namespace ProxyPortal.Proxies;

/// <summary>The files of a recipe with this endpoint's values, ready to paste.</summary>
public partial class RecipeSteps
{
    [Parameter, EditorRequired]
    public required ProxyRecipe Recipe { get; set; }

    [Parameter, EditorRequired]
    public required EndpointDetail Endpoint { get; set; }

    [Inject]
    public required VerifyAddress Verify { get; init; }

    private RecipeValues Values => new(new Uri(Verify.Url), Endpoint.Name, Endpoint.Port);
}
