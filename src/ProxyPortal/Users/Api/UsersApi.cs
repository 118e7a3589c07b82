using ProxyPortal.Core;
using ProxyPortal.Links;
using ProxyPortal.Management;
using ProxyPortal.Users.Export;

namespace ProxyPortal.Users.Api;

/// <summary>Users for programs. <c>{id}</c> may be a user-id too.</summary>
internal static class UsersApi
{
    public static void MapUsersApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("", ListAsync).WithName("listUsers").WithSummary("Users, filtered, sorted, a page at a time").IsList("status", "tag", "group").Produces<ApiPage<ApiUser>>();
        users.MapPost("", CreateAsync).WithName("createUser").WithSummary("Adds a user, with a link by which they choose a password").TakesQuery().Produces<ApiCreatedUser>(StatusCodes.Status201Created);
        users.MapGet("/export", ExportAsync).WithName("exportUsers").WithSummary("Users as CSV, without secrets").IsList("status", "tag", "group", "format").Produces(StatusCodes.Status200OK, contentType: "text/csv");
        users.MapGet("/{id}", GetAsync).WithName("getUser").WithSummary("One user, by id or user-id").TakesQuery().Produces<ApiUserDetail>();
        users.MapPatch("/{id}", ChangeAsync).WithName("changeUser").WithSummary("Changes what is named; with If-Match only the version that was read").TakesQuery().Produces<ApiUserDetail>();
        users.MapDelete("/{id}", DeleteAsync).WithName("deleteUser").WithSummary("Moves the user to the bin").TakesQuery().Produces(StatusCodes.Status204NoContent);
        users.MapPost("/{id}/restore", RestoreAsync).WithName("restoreUser").WithSummary("Brings the user back from the bin").TakesQuery().Produces<ApiUserDetail>();
        users.MapPost("/{id}/suspend", SuspendAsync).WithName("suspendUser").WithSummary("Refuses the user until resumed").TakesQuery().Produces<ApiUserDetail>();
        users.MapPost("/{id}/resume", ResumeAsync).WithName("resumeUser").WithSummary("Ends a suspension").TakesQuery().Produces<ApiUserDetail>();
        users.MapPost("/{id}/reset-link", ResetLinkAsync).WithName("resetUserPassword").WithSummary("A one-time link to choose a new password").TakesQuery().Produces<ApiLink>();
        users.MapPost("/{id}/invite", InviteAsync).WithName("inviteUser").WithSummary("Mails the user a one-time link to choose a password").TakesQuery().Produces(StatusCodes.Status204NoContent);
        users.MapUserBulkApi();
    }

    private static async Task<IResult> ListAsync(ApiCaller caller, UserService users, HttpContext context)
    {
        Result<UserQuery> query = ReadQuery(context.Request.Query);
        return query.Error is { } error ? ApiProblem.Of(error) : (await users.ListAsync(caller.Actor, query.Value with { CountsAll = true }, context.RequestAborted)).OkPage(ApiUser.Of);
    }

    private static async Task<IResult> CreateAsync(ApiCaller caller, UserService users, ApiNewUser body, HttpContext context)
    {
        Result<CreatedUser> created = await users.CreateAsync(caller.Actor, body.ToInput(), context.RequestAborted);
        if (created.Error is { } error)
            return ApiProblem.Of(error);
        Result<UserDetail> user = await users.GetAsync(caller.Actor, created.Value.Id, context.RequestAborted);
        if (user.Error is { } gone)
            return ApiProblem.Of(gone);
        context.Response.TellVersion(user.Value.Version);
        return TypedResults.Created($"{ManagementApi.Prefix}/users/{user.Value.Id}", new ApiCreatedUser(user.Value, Shape(created.Value.PasswordLink)));
    }

    private static async Task<IResult> ExportAsync(ApiCaller caller, UserExportService export, HttpContext context)
    {
        if (ApiQuery.Text(context.Request.Query, "format") is not (null or "csv"))
            return ApiProblem.Of(new Error("format_unknown", "format is csv.", "format"));
        Result<UserQuery> query = ReadQuery(context.Request.Query, "format");
        if (query.Error is { } error)
            return ApiProblem.Of(error);
        return UserDownloads.Csv(await export.PrepareAsync(caller.Actor, query.Value, context.RequestAborted), "users.csv", ApiProblem.Of);
    }

    private static async Task<IResult> GetAsync(ApiCaller caller, UserService users, string id, HttpContext context) =>
        Tell(await users.GetAsync(caller.Actor, id, context.RequestAborted), context);

    private static async Task<IResult> ChangeAsync(ApiCaller caller, UserService users, string id, ApiUserPatch body, HttpContext context)
    {
        Result<UserDetail> user = await users.GetAsync(caller.Actor, id, context.RequestAborted);
        if (user.Error is { } error)
            return ApiProblem.Of(error);
        long? expected = context.Request.ExpectedVersion();
        if (expected is { } version && version != user.Value.Version)
            return ApiProblem.Of(ApiResults.VersionConflict);
        Result changed = await users.ChangeAsync(caller.Actor, user.Value.Id, body.On(user.Value), user.Value.Version, CancellationToken.None);
        if (changed.Error is { } refused)
            return ApiProblem.Of(refused == UserService.Conflict && expected is not null ? ApiResults.VersionConflict : refused);
        return Tell(await users.GetAsync(caller.Actor, user.Value.Id, context.RequestAborted), context);
    }

    private static async Task<IResult> DeleteAsync(ApiCaller caller, UserService users, string id, HttpContext context)
    {
        Result<UserDetail> user = await users.GetAsync(caller.Actor, id, context.RequestAborted);
        return user.Error is { } error ? ApiProblem.Of(error) : (await users.DeleteAsync(caller.Actor, user.Value.Id, CancellationToken.None)).NoContent();
    }

    private static Task<IResult> RestoreAsync(ApiCaller caller, UserService users, string id, HttpContext context) => ActAsync(caller, users, id, context, users.RestoreAsync);

    private static Task<IResult> SuspendAsync(ApiCaller caller, UserService users, string id, HttpContext context) => ActAsync(caller, users, id, context, users.SuspendAsync);

    private static Task<IResult> ResumeAsync(ApiCaller caller, UserService users, string id, HttpContext context) => ActAsync(caller, users, id, context, users.ResumeAsync);

    private static async Task<IResult> ResetLinkAsync(ApiCaller caller, UserService users, UserPasswordLinks links, string id, HttpContext context)
    {
        Result<UserDetail> user = await users.GetAsync(caller.Actor, id, context.RequestAborted);
        return user.Error is { } error ? ApiProblem.Of(error) : (await links.IssueAsync(caller.Actor, user.Value.Id, CancellationToken.None)).Ok(Shape);
    }

    private static async Task<IResult> InviteAsync(ApiCaller caller, UserService users, UserPasswordLinks links, string id, HttpContext context)
    {
        Result<UserDetail> user = await users.GetAsync(caller.Actor, id, context.RequestAborted);
        return user.Error is { } error ? ApiProblem.Of(error) : (await links.MailAsync(caller.Actor, user.Value.Id, CancellationToken.None)).NoContent();
    }

    private static async Task<IResult> ActAsync(
        ApiCaller caller, UserService users, string id, HttpContext context, Func<Access.Actor, Guid, CancellationToken, Task<Result>> act)
    {
        Result<UserDetail> user = await users.GetAsync(caller.Actor, id, context.RequestAborted);
        if (user.Error is { } error)
            return ApiProblem.Of(error);
        Result done = await act(caller.Actor, user.Value.Id, CancellationToken.None);
        return done.Error is { } refused ? ApiProblem.Of(refused) : Tell(await users.GetAsync(caller.Actor, user.Value.Id, context.RequestAborted), context);
    }

    private static IResult Tell(Result<UserDetail> user, HttpContext context)
    {
        if (user.Succeeded)
            context.Response.TellVersion(user.Value.Version);
        return user.Ok(ApiUserDetail.Of);
    }

    /// <summary>The list's filters. Errors: those of <see cref="ApiQuery.Read"/>, and <c>status_unknown</c>.</summary>
    public static Result<UserQuery> ReadQuery(IQueryCollection query, params string[] others)
    {
        Result<ApiQuery> read = ApiQuery.Read(query, ["status", "tag", "group", .. others]);
        if (read.Error is { } error)
            return error;
        Result<UserQuery> filter = new ApiUserFilter(read.Value.Search, ApiQuery.Text(query, "status"), ApiQuery.Text(query, "tag"), ApiQuery.Text(query, "group")).ToQuery();
        return filter.Error is { } unknown ? unknown
            : filter.Value with { Sort = read.Value.Sort, Descending = read.Value.Descending, Page = read.Value.Page, PageSize = read.Value.PageSize };
    }

    /// <summary>Errors: <c>status_unknown</c>: left out silently it would mean everyone.</summary>
    public static Result<UserQuery> ToQuery(this ApiUserFilter filter) => filter.Status is not null && UserStatuses.Parse(filter.Status) is null
        ? new Error("status_unknown", $"status is one of {string.Join(", ", Enum.GetValues<UserStatus>().Select(status => status.Code()))}.", "status")
        : new UserQuery(filter.Search, UserStatuses.Parse(filter.Status)) { Tag = filter.Tag, Group = filter.Group };

    private static ApiLink Shape(IssuedLink link) => new(link.Url, link.ExpiresAt);
}
