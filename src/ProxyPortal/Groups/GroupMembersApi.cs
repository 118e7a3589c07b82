using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.Groups;

/// <summary><c>/api/v1/groups/{id}/members</c>.</summary>
internal static class GroupMembersApi
{
    public static void MapGroupMembersApi(this RouteGroupBuilder groups)
    {
        groups.MapGet("/{id:guid}/members", ListAsync).WithName("listGroupMembers").WithSummary("Members, by pages, ordered by user-id").IsList().Produces<ApiPage<GroupMemberShape>>();
        groups.MapPost("/{id:guid}/members", async (Guid id, GroupMembersBody body, HttpContext context, ApiCaller caller, GroupMemberService service) =>
            (await service.AddAsync(caller.Actor, id, body.Users ?? [], context.RequestAborted)).Ok(count => new GroupMembersChanged(count)))
            .WithName("addGroupMembers").WithSummary("Adds up to 500 users; those who are members already stay").TakesQuery().Produces<GroupMembersChanged>();
        groups.MapDelete("/{id:guid}/members/{user:guid}", async (Guid id, Guid user, HttpContext context, ApiCaller caller, GroupMemberService service) =>
            (await service.RemoveAsync(caller.Actor, id, user, context.RequestAborted)) is { Error: { } error } ? ApiProblem.Of(error) : TypedResults.NoContent())
            .WithName("removeGroupMember").WithSummary("Takes a user out of the group").TakesQuery().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(Guid id, HttpContext context, ApiCaller caller, GroupMemberService service)
    {
        Result<ApiQuery> query = ApiQuery.Read(context.Request.Query);
        if ((query.Error ?? (query.Value.Sort is null ? null : new Error("sort_unknown", "Members are ordered by user-id.", "sort"))) is { } wrong)
            return ApiProblem.Of(wrong);
        return (await service.ListAsync(caller.Actor, id, query.Value.Search, query.Value.Page, query.Value.PageSize, context.RequestAborted)).OkPage(GroupMemberShape.Of);
    }
}
