using System.Text;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Core;
using ProxyPortal.Users.Export;
using ProxyPortal.Users.Import;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Api;

/// <summary>What pages offer to download: users, and the rows of a job. Opened by the browser with its sign-in, so they only read.</summary>
internal static class UserDownloads
{
    public static void MapUserDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(PortalUrls.Routes.ExportUsers, ExportAsync).RequireAuthorization();
        routes.MapGet(PortalUrls.Routes.UserJobRows, RowsOf).RequireAuthorization();
    }

    /// <summary>The prepared file as an answer, or the refusal.</summary>
    public static IResult Csv(Result<Func<Stream, CancellationToken, Task>> prepared, string name, Func<Error, IResult> refuse) =>
        prepared.Error is { } error ? refuse(error) : Results.Stream(stream => prepared.Value(stream, CancellationToken.None), UserExportService.ContentType, name);

    private static async Task<IResult> ExportAsync(HttpContext context, UserExportService export)
    {
        IQueryCollection query = context.Request.Query;
        UserQuery wanted = UserListView.Read(query["search"], query["status"], null, null, null, null, query["tag"], query["group"]).Query;
        return Csv(await export.PrepareAsync(ActorOf(context), wanted, context.RequestAborted), "users.csv", Refuse);
    }

    private static IResult RowsOf(HttpContext context, UserJobs jobs, Guid job)
    {
        if (jobs.Find(ActorOf(context), job) is not { } found)
            return Refuse(UserJobs.NotFound);
        var text = new StringBuilder("\uFEFF");
        CsvText.AppendRow(text, "userId", "outcome", "message");
        foreach (UserJobRow row in found.Rows())
            CsvText.AppendRow(text, row.UserId, row.Outcome.ToString(), row.Message);
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), UserExportService.ContentType, "results.csv");
    }

    private static Actor ActorOf(HttpContext context) => Actor.From(context.User, SignInSessions.AddressOf(context));

    private static IResult Refuse(Error error) => Results.Text(error.Message, statusCode: error.Code switch
    {
        "forbidden" => StatusCodes.Status403Forbidden,
        "not_found" => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status400BadRequest,
    });
}
