using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.Publishing;

/// <summary><c>/api/v1/connect</c>: what <c>/connect.json</c> tells a person, for a program.</summary>
internal static class ConnectApi
{
    public static void MapConnectApi(this RouteGroupBuilder api) => api.MapGet("/connect", GetAsync).WithTags("Endpoints").WithName("getConnect")
        .WithSummary("The document of /connect.json with every endpoint, and its ETag").TakesQuery().Produces<ConnectDocument>();

    private static async Task<IResult> GetAsync(HttpContext context, ApiCaller caller, ConnectService service, PublishedFiles files)
    {
        Result<IReadOnlyList<ConnectEndpoint>> all = await service.ListAllAsync(caller.Actor, context.RequestAborted);
        return all.Error is { } refused ? ApiProblem.Of(refused) : new Answer(files.JsonOf(all.Value));
    }

    private sealed class Answer(PublishedFile file) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => PublishedAnswers.SendAsync(httpContext, file, PublishedAnswers.ForItsReader);
    }
}
