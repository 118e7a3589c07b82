using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.ApiTokens;

/// <summary><c>/api/v1/api-tokens</c>. Making and revoking takes a token that may do everything.</summary>
internal static class ApiTokensApi
{
    public static void MapApiTokensApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder tokens = api.MapGroup("/api-tokens").WithTags("API tokens");
        tokens.MapGet("", ListAsync).WithName("listApiTokens").WithSummary("Lists API tokens").IsPaged().Produces<ApiPage<ApiTokenSummary>>();
        tokens.MapGet("/{id:guid}", GetAsync).WithName("getApiToken").WithSummary("Shows an API token").TakesQuery().Produces<ApiTokenSummary>();
        tokens.MapPost("", CreateAsync).WithName("createApiToken").WithSummary("Makes an API token")
            .WithDescription("The answer holds the token, once. Without expiresAt it holds 90 days, with null for ever. Takes the scope *.")
            .TakesQuery().Produces<CreatedApiTokenAnswer>(StatusCodes.Status201Created);
        tokens.MapPost("/{id:guid}/revoke", RevokeAsync).WithName("revokeApiToken").WithSummary("Ends an API token for good")
            .TakesQuery().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(ApiCaller caller, HttpContext context, ApiTokenService tokens, CancellationToken cancellationToken)
    {
        Result<ApiQuery> query = ApiQuery.ReadPaging(context.Request.Query);
        return query.Error is { } fault ? ApiProblem.Of(fault)
            : (await tokens.ListAsync(caller.Actor, query.Value.Page, query.Value.PageSize, cancellationToken)).OkPage(token => token);
    }

    private static async Task<IResult> GetAsync(ApiCaller caller, Guid id, ApiTokenService tokens, CancellationToken cancellationToken) =>
        (await tokens.GetAsync(caller.Actor, id, cancellationToken)).Ok(token => token);

    private static async Task<IResult> CreateAsync(ApiCaller caller, ApiTokenBody body, ApiTokenService tokens, CancellationToken cancellationToken)
    {
        var input = new ApiTokenInput(body.Name, body.Scopes, body.ExpiresAt.IsNamed ? body.ExpiresAt.Value : tokens.UsualEnd);
        Result<CreatedApiToken> created = await tokens.CreateAsync(caller.Actor, input, cancellationToken);
        return created.Error is { } error ? ApiProblem.Of(error)
            : TypedResults.Created($"{ManagementApi.Prefix}/api-tokens/{created.Value.Summary.Id}", new CreatedApiTokenAnswer(
                created.Value.Summary.Id, created.Value.Summary.Name, created.Value.Token, created.Value.Summary.Scopes, created.Value.Summary.ExpiresAt));
    }

    private static async Task<IResult> RevokeAsync(ApiCaller caller, Guid id, ApiTokenService tokens, CancellationToken cancellationToken) =>
        (await tokens.RevokeAsync(caller.Actor, id, cancellationToken)).NoContent();
}

/// <param name="Name">Unique; small letters, digits, dot, hyphen, underscore.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">Left out: in 90 days; null: never.</param>
internal sealed record ApiTokenBody(string Name, IReadOnlyList<string> Scopes, Given<DateTimeOffset?> ExpiresAt);

/// <param name="Id">Its resource id.</param>
/// <param name="Name">As given.</param>
/// <param name="Token">Send it as <c>Authorization: Bearer</c>. Told only here.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null = never.</param>
internal sealed record CreatedApiTokenAnswer(Guid Id, string Name, string Token, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);
