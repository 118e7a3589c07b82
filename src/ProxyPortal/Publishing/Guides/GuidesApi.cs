using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.Publishing.Guides;

/// <summary><c>/api/v1/guides</c>.</summary>
internal static class GuidesApi
{
    private const string One = "/{slug}/{language}";

    public static void MapGuidesApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder guides = api.MapGroup("/guides").WithTags("Guides");
        guides.MapGet("", ListAsync).WithName("listGuides").WithSummary("Guides in the order of their list, also those that ship and are not replaced").IsList("language").Produces<ApiPage<GuideSummary>>();
        guides.MapPost("", CreateAsync).WithName("createGuide").WithSummary("Begins a guide as a draft. With slug and language alone, makes one that ships the organisation's own")
            .TakesQuery().Produces<GuideShape>(StatusCodes.Status201Created);
        guides.MapGet(One, GetAsync).WithName("getGuide").WithSummary("A guide with its newest text, with its version as ETag").TakesQuery().Produces<GuideShape>();
        guides.MapPatch(One, ChangeAsync).WithName("changeGuide").WithSummary("Changes of a guide what is named; another title or text is a new version, which nobody reads yet").TakesQuery().Produces<GuideShape>();
        guides.MapDelete(One, DeleteAsync).WithName("deleteGuide").WithSummary("Deletes a guide with all its versions for good").TakesQuery().Produces(StatusCodes.Status204NoContent);
        guides.MapPost(One + "/publish", PublishAsync).WithName("publishGuide").WithSummary("Shows a version to readers, the newest unless named; refused while a placeholder stands for nothing").TakesQuery().Produces<GuideShape>();
        guides.MapPost(One + "/withdraw", WithdrawAsync).WithName("withdrawGuide").WithSummary("Takes a guide away from its readers; its versions stay").TakesQuery().Produces<GuideShape>();
        guides.MapGet(One + "/versions/{number:int}", GetVersionAsync).WithName("getGuideVersion").WithSummary("The text of a version").TakesQuery().Produces<GuideVersionText>();
        guides.MapPost(One + "/versions/{number:int}/restore", RestoreAsync).WithName("restoreGuideVersion").WithSummary("Saves an old version once more as the newest").TakesQuery().Produces<GuideShape>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, ApiCaller caller, GuideService service)
    {
        Result<ApiQuery> read = ApiQuery.Read(context.Request.Query, "language");
        if ((read.Error ?? read.Value.CheckSort("position")) is { } wrong)
            return ApiProblem.Of(wrong);
        string? language = ApiQuery.Text(context.Request.Query, "language");
        return (await service.ListAsync(caller.Actor, read.Value.Search, context.RequestAborted)).Ok(all => read.Value.PageOf(all.Where(guide => language is null || guide.Language == language), guide => guide));
    }

    private static async Task<IResult> CreateAsync(NewGuideBody body, HttpContext context, ApiCaller caller, GuideService service)
    {
        Result created = body.IsCopy
            ? await service.CopyAsync(caller.Actor, body.Slug, body.Language, context.RequestAborted)
            : await service.CreateAsync(caller.Actor, body.Slug, body.Language, body.ToInput(), context.RequestAborted);
        if (created.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.Headers.Location = $"{ManagementApi.Prefix}/guides/{body.Slug}/{body.Language}";
        return await AnswerAsync(body.Slug, body.Language, context, caller, service, StatusCodes.Status201Created);
    }

    private static Task<IResult> GetAsync(string slug, string language, HttpContext context, ApiCaller caller, GuideService service) =>
        AnswerAsync(slug, language, context, caller, service, StatusCodes.Status200OK);

    private static async Task<IResult> GetVersionAsync(string slug, string language, int number, HttpContext context, ApiCaller caller, GuideService service) =>
        (await service.GetVersionAsync(caller.Actor, slug, language, number, context.RequestAborted)).Ok(text => text);

    private static Task<IResult> ChangeAsync(string slug, string language, GuidePatch body, HttpContext context, ApiCaller caller, GuideService service) =>
        ActAsync(slug, language, context, caller, service, (now, version) => service.SaveAsync(caller.Actor, slug, language, body.Over(now.Fields), version, context.RequestAborted));

    private static Task<IResult> PublishAsync(string slug, string language, PublishGuideBody body, HttpContext context, ApiCaller caller, GuideService service) =>
        ActAsync(slug, language, context, caller, service, (now, version) =>
            service.PublishAsync(caller.Actor, slug, language, body.Number ?? (now.Versions.Count == 0 ? 0 : now.Versions[0].Number), version, context.RequestAborted));

    private static Task<IResult> WithdrawAsync(string slug, string language, HttpContext context, ApiCaller caller, GuideService service) =>
        ActAsync(slug, language, context, caller, service, (_, version) => service.WithdrawAsync(caller.Actor, slug, language, version, context.RequestAborted));

    private static Task<IResult> RestoreAsync(string slug, string language, int number, HttpContext context, ApiCaller caller, GuideService service) =>
        ActAsync(slug, language, context, caller, service, (_, version) => service.RestoreAsync(caller.Actor, slug, language, number, version, context.RequestAborted));

    private static async Task<IResult> DeleteAsync(string slug, string language, HttpContext context, ApiCaller caller, GuideService service) =>
        await ChangedAsync(slug, language, context, caller, service, (_, version) => service.DeleteAsync(caller.Actor, slug, language, version, context.RequestAborted)) is { } fault
            ? ApiProblem.Of(fault) : TypedResults.NoContent();

    private static async Task<IResult> ActAsync(
        string slug, string language, HttpContext context, ApiCaller caller, GuideService service, Func<GuideDetail, long, Task<Result>> act) =>
        await ChangedAsync(slug, language, context, caller, service, act) is { } fault ? ApiProblem.Of(fault) : await AnswerAsync(slug, language, context, caller, service, StatusCodes.Status200OK);

    // By the version that the caller saw, or else by the present one.
    private static async Task<Error?> ChangedAsync(
        string slug, string language, HttpContext context, ApiCaller caller, GuideService service, Func<GuideDetail, long, Task<Result>> act)
    {
        Result<GuideDetail> now = await service.GetAsync(caller.Actor, slug, language, context.RequestAborted);
        if (now.Error is { } error)
            return error;
        long? expected = context.Request.ExpectedVersion();
        Error? fault = (await act(now.Value, expected ?? now.Value.Version)).Error;
        return fault == GuideService.Conflict && expected is not null ? ApiResults.VersionConflict : fault;
    }

    private static async Task<IResult> AnswerAsync(string slug, string language, HttpContext context, ApiCaller caller, GuideService service, int status)
    {
        Result<GuideDetail> guide = await service.GetAsync(caller.Actor, slug, language, context.RequestAborted);
        if (guide.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.TellVersion(guide.Value.Version);
        return TypedResults.Json(GuideShape.Of(guide.Value), ApiJson.Options, statusCode: status);
    }
}
