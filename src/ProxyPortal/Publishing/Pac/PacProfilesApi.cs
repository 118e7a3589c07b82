using Microsoft.AspNetCore.Mvc;
using ProxyPortal.Core;
using ProxyPortal.Management;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Pac;

/// <summary><c>/api/v1/pac-profiles</c>.</summary>
internal static class PacProfilesApi
{
    // The most rules that a profile may have, each as long as a name may be, with the signs around them.
    private const int LargestBody = 2 * 1024 * 1024;

    public static void MapPacProfilesApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder profiles = api.MapGroup("/pac-profiles").WithTags("PAC profiles");
        profiles.MapGet("", ListAsync).WithName("listPacProfiles").WithSummary("PAC profiles by name").IsList().Produces<ApiPage<PacProfileShape>>();
        profiles.MapPost("", CreateAsync).WithName("createPacProfile").WithSummary("Adds a PAC file, which everybody may fetch at once").TakesQuery()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody)).Produces<PacProfileShape>(StatusCodes.Status201Created);
        profiles.MapGet("/{id:guid}", GetAsync).WithName("getPacProfile").WithSummary("A PAC profile, with its version as ETag").TakesQuery().Produces<PacProfileShape>();
        profiles.MapPatch("/{id:guid}", ChangeAsync).WithName("changePacProfile").WithSummary("Changes of a PAC profile what is named; lists are replaced whole").TakesQuery()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody)).Produces<PacProfileShape>();
        profiles.MapDelete("/{id:guid}", DeleteAsync).WithName("deletePacProfile").WithSummary("Deletes a PAC profile: its address answers 404 from then on").TakesQuery().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ApiCaller caller, PacProfileService service, SettingsService settings)
    {
        Result<ApiQuery> query = ApiQuery.Read(context.Request.Query);
        if ((query.Error ?? query.Value.CheckSort("name")) is { } fault)
            return ApiProblem.Of(fault);
        return (await service.ListAsync(caller.Actor, context.RequestAborted)).Ok(found => query.Value.PageOf(
            found.Where(profile => query.Value.Search is not { } text || profile.Matches(text)), profile => PacProfileShape.Of(profile, settings.Current.PublicUrl)));
    }

    private static async Task<IResult> CreateAsync(PacProfileBody body, HttpContext context, ApiCaller caller, PacProfileService service, SettingsService settings)
    {
        Result<Guid> created = await service.CreateAsync(caller.Actor, body.Over(new PacProfileInput()), context.RequestAborted);
        if (created.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.Headers.Location = $"{ManagementApi.Prefix}/pac-profiles/{created.Value}";
        return await AnswerAsync(created.Value, context, caller, service, settings, StatusCodes.Status201Created);
    }

    private static Task<IResult> GetAsync(Guid id, HttpContext context, ApiCaller caller, PacProfileService service, SettingsService settings) =>
        AnswerAsync(id, context, caller, service, settings, StatusCodes.Status200OK);

    private static async Task<IResult> ChangeAsync(Guid id, PacProfileBody body, HttpContext context, ApiCaller caller, PacProfileService service, SettingsService settings)
    {
        Result<PacProfileDetail> now = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (now.Error is { } error)
            return ApiProblem.Of(error);
        Result saved = await service.ChangeAsync(caller.Actor, id, body.Over(now.Value.Fields), context.Request.ExpectedVersion() ?? now.Value.Version, context.RequestAborted);
        return saved.Error is { } fault ? ApiProblem.Of(fault) : await AnswerAsync(id, context, caller, service, settings, StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, ApiCaller caller, PacProfileService service)
    {
        Result<PacProfileDetail> now = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        return now.Error is { } error ? ApiProblem.Of(error)
            : (await service.DeleteAsync(caller.Actor, id, context.Request.ExpectedVersion() ?? now.Value.Version, context.RequestAborted)).NoContent();
    }

    private static async Task<IResult> AnswerAsync(Guid id, HttpContext context, ApiCaller caller, PacProfileService service, SettingsService settings, int status)
    {
        Result<PacProfileDetail> profile = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (profile.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.TellVersion(profile.Value.Version);
        return TypedResults.Json(PacProfileShape.Of(profile.Value, settings.Current.PublicUrl), ApiJson.Options, statusCode: status);
    }
}
