using ProxyPortal.Core;
using ProxyPortal.Groups.Effective;
using ProxyPortal.Management;

namespace ProxyPortal.Groups;

/// <summary><c>/api/v1/groups</c>.</summary>
internal static class GroupsApi
{
    public static void MapGroupsApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder groups = api.MapGroup("/groups").WithTags("Groups");
        groups.MapGet("", ListAsync).WithName("listGroups").WithSummary("Groups, by pages; sort by name or members").IsList().Produces<ApiPage<GroupListItem>>();
        groups.MapPost("", CreateAsync).WithName("createGroup").WithSummary("Creates a group. What is not named is no rule").TakesQuery().Produces<GroupShape>(StatusCodes.Status201Created);
        groups.MapGet("/{id:guid}", GetAsync).WithName("getGroup").WithSummary("A group, with its version as ETag").TakesQuery().Produces<GroupShape>();
        groups.MapPatch("/{id:guid}", ChangeAsync).WithName("changeGroup").WithSummary("Changes of a group what is named; null takes a rule away").TakesQuery().Produces<GroupShape>();
        groups.MapDelete("/{id:guid}", DeleteAsync).WithName("deleteGroup").WithSummary("Deletes a group for good. Its members stay, without its rules").TakesQuery().Produces(StatusCodes.Status204NoContent);
        groups.MapGet("/{id:guid}/effective-policy", async (Guid id, HttpContext context, ApiCaller caller, EffectivePolicyService service) =>
            (await service.OfGroupAsync(caller.Actor, id, context.RequestAborted)).Ok(policy => policy))
            .WithName("getGroupEffectivePolicy").WithSummary("What holds for who is in this group only, line by line with what decides").TakesQuery().Produces<EffectivePolicy>();
        api.MapGet("/users/{id}/effective-policy", async (string id, HttpContext context, ApiCaller caller, EffectivePolicyService service) =>
            (await service.OfUserAsync(caller.Actor, id, context.RequestAborted)).Ok(policy => policy))
            .WithTags("Users").WithName("getUserEffectivePolicy").WithSummary("What holds for a user, line by line with what decides").TakesQuery().Produces<EffectivePolicy>();
        groups.MapGroupMembersApi();
    }

    private static async Task<IResult> ListAsync(HttpContext context, ApiCaller caller, GroupService service)
    {
        Result<ApiQuery> read = ApiQuery.Read(context.Request.Query);
        if (read.Error is { } wrong)
            return ApiProblem.Of(wrong);
        ApiQuery query = read.Value;
        return (await service.ListAsync(caller.Actor, new GroupQuery(query.Search, query.Sort, query.Descending, query.Page, query.PageSize), context.RequestAborted)).OkPage(GroupListItem.Of);
    }

    private static async Task<IResult> CreateAsync(GroupBody body, HttpContext context, ApiCaller caller, GroupService service)
    {
        Result<GroupPatch> patch = body.ToPatch();
        Result<Guid> created = patch.Error is { } wrong ? wrong : await service.CreateAsync(caller.Actor, patch.Value.Over(new GroupInput()), context.RequestAborted);
        if (created.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.Headers.Location = $"{ManagementApi.Prefix}/groups/{created.Value}";
        return await AnswerAsync(created.Value, context, caller, service, StatusCodes.Status201Created);
    }

    private static Task<IResult> GetAsync(Guid id, HttpContext context, ApiCaller caller, GroupService service) => AnswerAsync(id, context, caller, service, StatusCodes.Status200OK);

    private static async Task<IResult> ChangeAsync(Guid id, GroupBody body, HttpContext context, ApiCaller caller, GroupService service)
    {
        Result<GroupPatch> patch = body.ToPatch();
        Result<GroupDetail> now = patch.Error is { } wrong ? wrong : await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (now.Error is { } error)
            return ApiProblem.Of(error);
        long? expected = context.Request.ExpectedVersion();
        Result saved = await service.ChangeAsync(caller.Actor, id, patch.Value.Over(now.Value.Fields), expected ?? now.Value.Version, context.RequestAborted);
        return saved.Error is { } fault ? ApiProblem.Of(Said(fault, expected)) : await AnswerAsync(id, context, caller, service, StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, ApiCaller caller, GroupService service)
    {
        Result<GroupDetail> now = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (now.Error is { } error)
            return ApiProblem.Of(error);
        long? expected = context.Request.ExpectedVersion();
        Result deleted = await service.DeleteAsync(caller.Actor, id, expected ?? now.Value.Version, context.RequestAborted);
        return deleted.Error is { } fault ? ApiProblem.Of(Said(fault, expected)) : TypedResults.NoContent();
    }

    private static Error Said(Error fault, long? expected) => fault == GroupService.Conflict && expected is not null ? ApiResults.VersionConflict : fault;

    private static async Task<IResult> AnswerAsync(Guid id, HttpContext context, ApiCaller caller, GroupService service, int status)
    {
        Result<GroupDetail> group = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (group.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.TellVersion(group.Value.Version);
        return TypedResults.Json(GroupShape.Of(group.Value), ApiJson.Options, statusCode: status);
    }
}
