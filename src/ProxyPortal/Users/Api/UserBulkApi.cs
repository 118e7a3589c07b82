using Microsoft.AspNetCore.Mvc;
using ProxyPortal.Core;
using ProxyPortal.Management;
using ProxyPortal.Users.Bulk;
using ProxyPortal.Users.Import;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Api;

/// <summary>Many users at once, for programs: bulk changes, their jobs, and import.</summary>
internal static class UserBulkApi
{
    public static void MapUserBulkApi(this RouteGroupBuilder users)
    {
        users.MapPost("/bulk", BulkAsync).WithName("changeUsersInBulk").WithSummary("Changes many users in the background, or counts them").TakesQuery().Produces<UserBulkPreview>().Produces<ApiJob>(StatusCodes.Status202Accepted);
        users.MapGet("/jobs/{job:guid}", GetJob).WithName("getUserJob").WithSummary("How far a job is, and what became of each user").TakesQuery().Produces<ApiJob>();
        users.MapPost("/jobs/{job:guid}/undo", UndoAsync).WithName("undoUserJob").WithSummary("Takes a bulk change back").TakesQuery().Produces<ApiJob>(StatusCodes.Status202Accepted);
        users.MapPost("/import", ImportAsync).WithName("importUsers").WithSummary("Takes users over from a CSV or htpasswd file: all or nothing").TakesQuery("format", "dryRun", "existing", "skipFaulty").Produces<ApiImport>()
            .Accepts<string>("text/csv", "text/plain", "application/octet-stream")
            .WithMetadata(new RequestSizeLimitAttribute(ImportText.MaxBytes));
    }

    private static async Task<IResult> BulkAsync(ApiCaller caller, UserBulkService bulk, ApiBulk body, HttpContext context)
    {
        Result<UserQuery>? filter = body.Filter?.ToQuery();
        if (filter?.Error is { } error)
            return ApiProblem.Of(error);
        var request = new UserBulkRequest(body.Action)
        {
            Ids = body.Ids,
            Filter = filter?.Value,
            ValidUntil = body.ValidUntil,
            Days = body.Days,
            Group = body.Group,
            Tag = body.Tag,
            Expected = body.Expected,
        };
        return body.Preview ? (await bulk.PreviewAsync(caller.Actor, request, context.RequestAborted)).Ok(preview => preview)
            : Accept(await bulk.StartAsync(caller.Actor, request, context.RequestAborted));
    }

    private static IResult GetJob(ApiCaller caller, UserJobs jobs, Guid job) =>
        jobs.Find(caller.Actor, job) is { } found ? TypedResults.Ok(ApiJob.WithRows(found)) : ApiProblem.Of(UserJobs.NotFound);

    private static async Task<IResult> UndoAsync(ApiCaller caller, UserBulkService bulk, Guid job, HttpContext context) =>
        Accept(await bulk.UndoAsync(caller.Actor, job, context.RequestAborted));

    private static IResult Accept(Result<UserJob> job) => job.Error is { } error ? ApiProblem.Of(error)
        : TypedResults.Accepted($"{ManagementApi.Prefix}/users/jobs/{job.Value.Id}", ApiJob.Of(job.Value));

    private static async Task<IResult> ImportAsync(ApiCaller caller, UserImportService import, HttpContext context)
    {
        Result<(UserImportOptions Options, bool DryRun)> asked = ReadOptions(context.Request.Query);
        if (asked.Error is { } error)
            return ApiProblem.Of(error);
        (UserImportOptions options, bool dryRun) = asked.Value;
        using var file = new MemoryStream();
        await context.Request.Body.CopyToAsync(file, context.RequestAborted);
        if (dryRun)
            return (await import.PreviewAsync(caller.Actor, file.ToArray(), options, context.RequestAborted)).Ok(plan => ApiImport.Of(plan, dryRun: true));
        Result<StartedImport> started = await import.StartAsync(caller.Actor, file.ToArray(), options, context.RequestAborted);
        if (started.Error is { } refused)
            return ApiProblem.Of(refused);
        var answer = ApiImport.Of(started.Value.Plan, dryRun: false);
        if (started.Value.Job is not { } job)
            return answer.Errors.Count == 0 || options.SkipsFaults ? TypedResults.Ok(answer) : Refuse(answer);
        await job.Completion.WaitAsync(context.RequestAborted);
        return job.Problem is { } problem ? ApiProblem.Of(new Error("conflict", problem)) : TypedResults.Ok(answer);
    }

    // A problem like all others, with the rows beside it.
    private static IResult Refuse(ApiImport answer) => Results.Json(
        new { type = "about:blank", status = 400, code = "import_invalid", detail = $"{answer.Errors.Count} rows cannot be imported, so nothing was.", errors = answer.Errors },
        ApiJson.Options, "application/problem+json", StatusCodes.Status400BadRequest);

    private static Result<(UserImportOptions, bool)> ReadOptions(IQueryCollection query)
    {
        string[] known = ["format", "dryRun", "existing", "skipFaulty"];
        if (query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.Ordinal)) is { } unknown)
            return new Error("query_unknown", $"The query knows {string.Join(", ", known)}.", unknown.Length <= 64 ? unknown : null);
        UserImportFormat? format = ApiQuery.Text(query, "format") switch { "csv" => UserImportFormat.Csv, "htpasswd" => UserImportFormat.Htpasswd, _ => null };
        ExistingUsers? existing = ApiQuery.Text(query, "existing") switch { null or "error" => ExistingUsers.Refuse, "skip" => ExistingUsers.Skip, "update" => ExistingUsers.Update, _ => null };
        bool? dryRun = Flag(query, "dryRun");
        bool? skipFaulty = Flag(query, "skipFaulty");
        if (format is null)
            return new Error("format_unknown", "format is csv or htpasswd.", "format");
        if (existing is null)
            return new Error("existing_unknown", "existing is error, skip or update.", "existing");
        if (dryRun is null || skipFaulty is null)
            return new Error("flag_invalid", "dryRun and skipFaulty are true or false.", dryRun is null ? "dryRun" : "skipFaulty");
        return (new UserImportOptions(format.Value) { Existing = existing.Value, SkipsFaults = skipFaulty.Value }, dryRun.Value);
    }

    private static bool? Flag(IQueryCollection query, string name) => ApiQuery.Text(query, name) switch { null or "false" => false, "true" => true, _ => null };
}
