using ProxyPortal.Verification;

namespace ProxyPortal.Hosting;

internal static class HealthApi
{
    /// <summary>For orchestrators: live says that the process answers, ready that verification knows its directory. Nothing else is told.</summary>
    public static void MapHealthApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(PortalUrls.HealthLive, () => TypedResults.Text("live")).AllowAnonymous();
        routes.MapGet(PortalUrls.HealthReady, (DirectoryFollower directory) =>
            directory.IsReady ? Results.Text("ready") : Results.Text("loading", statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous();
    }
}
