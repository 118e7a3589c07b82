using ProxyPortal.Core;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Management;

namespace ProxyPortal.Publishing.Announcements;

/// <summary><c>/api/v1/announcements</c>.</summary>
internal static class AnnouncementsApi
{
    public static void MapAnnouncementsApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/announcements").WithTags("Announcements");
        group.MapGet("", ListAsync).WithName("listAnnouncements").WithSummary("Planned changes of endpoints, those that are still ahead first").IsList().Produces<ApiPage<AnnouncementShape>>();
        group.MapPost("", AnnounceAsync).WithName("announceChange").WithSummary("Announces a change: those who use the endpoint are told").TakesQuery().Produces<AnnouncementShape>(StatusCodes.Status201Created);
        group.MapGet("/{id:guid}", GetAsync).WithName("getAnnouncement").WithSummary("A planned change, with its version as ETag").TakesQuery().Produces<AnnouncementShape>();
        group.MapPatch("/{id:guid}", ChangeAsync).WithName("changeAnnouncement").WithSummary("Changes its date, its comment, or whether it is carried out by itself").TakesQuery().Produces<AnnouncementShape>();
        group.MapDelete("/{id:guid}", WithdrawAsync).WithName("withdrawAnnouncement").WithSummary("Takes it back: the old way stays").TakesQuery().Produces(StatusCodes.Status204NoContent);
        group.MapGet("/{id:guid}/users", ListUsersAsync).WithName("listAnnouncementUsers").WithSummary("Those who still go the old way, the latest first").IsList().Produces<ApiPage<OldWayUser>>();
        group.MapPost("/{id:guid}/remind", RemindAsync).WithName("remindOfAnnouncement").WithSummary("Tells those once more who still go the old way").TakesQuery().Produces(StatusCodes.Status204NoContent);
        group.MapPost("/{id:guid}/carry-out", CarryOutAsync).WithName("carryOutAnnouncement").WithSummary("Ends the old way for everyone, at once").TakesQuery().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ApiCaller caller, AnnouncementService service)
    {
        Result<ApiQuery> query = ApiQuery.Read(context.Request.Query);
        if ((query.Error ?? query.Value.CheckSort("effectiveAt")) is { } fault)
            return ApiProblem.Of(fault);
        return (await service.ListAsync(caller.Actor, context.RequestAborted)).Ok(found => query.Value.PageOf(
            found.Where(row => query.Value.Search is not { } text || row.Endpoint.Contains(text, StringComparison.OrdinalIgnoreCase)), AnnouncementShape.Of));
    }

    private static async Task<IResult> AnnounceAsync(NewAnnouncementBody body, HttpContext context, ApiCaller caller, AnnouncementService service)
    {
        Result<Guid> made = await service.AnnounceAsync(caller.Actor, body.ToInput(), context.RequestAborted);
        if (made.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.Headers.Location = $"{ManagementApi.Prefix}/announcements/{made.Value}";
        return await AnswerAsync(made.Value, context, caller, service, StatusCodes.Status201Created);
    }

    private static Task<IResult> GetAsync(Guid id, HttpContext context, ApiCaller caller, AnnouncementService service) => AnswerAsync(id, context, caller, service, StatusCodes.Status200OK);

    private static async Task<IResult> ChangeAsync(Guid id, AnnouncementBody body, HttpContext context, ApiCaller caller, AnnouncementService service)
    {
        Result<AnnouncementDetail> now = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (now.Error is { } missing)
            return ApiProblem.Of(missing);
        Result changed = await service.ChangeAsync(caller.Actor, id, body.Over(now.Value), context.Request.ExpectedVersion() ?? now.Value.Version, context.RequestAborted);
        return changed.Error is { } error ? ApiProblem.Of(error) : await AnswerAsync(id, context, caller, service, StatusCodes.Status200OK);
    }

    private static async Task<IResult> WithdrawAsync(Guid id, HttpContext context, ApiCaller caller, AnnouncementService service) => (await service.WithdrawAsync(caller.Actor, id, context.RequestAborted)).NoContent();

    private static async Task<IResult> ListUsersAsync(Guid id, HttpContext context, ApiCaller caller, AnnouncementService service)
    {
        Result<ApiQuery> query = ApiQuery.Read(context.Request.Query);
        if ((query.Error ?? query.Value.CheckSort("lastOld")) is { } fault)
            return ApiProblem.Of(fault);
        return (await service.ListUsersAsync(caller.Actor, id, context.RequestAborted)).Ok(found => query.Value.PageOf(
            found.Where(row => query.Value.Search is not { } text || row.UserId.Contains(text, StringComparison.OrdinalIgnoreCase) || row.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase)), row => row));
    }

    private static async Task<IResult> RemindAsync(Guid id, HttpContext context, ApiCaller caller, AnnouncementService service) => (await service.RemindAsync(caller.Actor, id, context.RequestAborted)).NoContent();

    private static async Task<IResult> CarryOutAsync(Guid id, HttpContext context, ApiCaller caller, AnnouncementService service) => (await service.CarryOutAsync(caller.Actor, id, context.RequestAborted)).NoContent();

    private static async Task<IResult> AnswerAsync(Guid id, HttpContext context, ApiCaller caller, AnnouncementService service, int status)
    {
        Result<AnnouncementDetail> found = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (found.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.TellVersion(found.Value.Version);
        return TypedResults.Json(AnnouncementShape.Of(found.Value), ApiJson.Options, statusCode: status);
    }
}

internal sealed record NewAnnouncementBody
{
    /// <summary>Name of the endpoint that ends, or of which something ends.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Name of the endpoint that takes its place.</summary>
    public string? Replacement { get; init; }

    /// <summary>The schemes that end; none = the endpoint itself ends.</summary>
    public IReadOnlyList<string>? EndingSchemes { get; init; }

    /// <summary>When the old way ends.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    public string? Comment { get; init; }

    /// <summary>Carry it out at that time without being asked again.</summary>
    public bool RetiresByItself { get; init; }

    public AnnouncementInput ToInput() => new()
    {
        Endpoint = Endpoint ?? "",
        Replacement = Replacement,
        EndingSchemes = EndingSchemes ?? [],
        EffectiveAt = EffectiveAt,
        Comment = Comment,
        RetiresByItself = RetiresByItself,
    };
}

/// <summary>What a call may change of an announcement; what is not named stays.</summary>
internal sealed record AnnouncementBody
{
    public Given<DateTimeOffset?> EffectiveAt { get; init; }

    public Given<string> Comment { get; init; }

    public Given<bool?> RetiresByItself { get; init; }

    public AnnouncementInput Over(AnnouncementDetail now) => new()
    {
        Endpoint = now.Endpoint,
        EffectiveAt = EffectiveAt.Or(now.EffectiveAt),
        Comment = Comment.Or(now.Comment),
        RetiresByItself = RetiresByItself.Or(now.RetiresByItself) ?? false,
    };
}

/// <summary>A planned change in answers: the old way and the new, and how many it concerns.</summary>
internal sealed record AnnouncementShape(
    Guid Id, string Endpoint, string? Replacement, IReadOnlyList<string> EndingSchemes, DateTimeOffset EffectiveAt, string? Comment, bool RetiresByItself, DateTimeOffset CreatedAt, DateTimeOffset? CarriedOutAt,
    WayShape? Old, WayShape? New, int Told, int Acknowledged, int StillUsing)
{
    public static AnnouncementShape Of(AnnouncementDetail row) => new(
        row.Id, row.Endpoint, row.Replacement, row.EndingSchemes, row.EffectiveAt, row.Comment, row.RetiresByItself, row.CreatedAt, row.RetiredAt, WayShape.Of(row.Old), WayShape.Of(row.New),
        row.Counts.Told, row.Counts.Acknowledged, row.Counts.StillUsing);
}

internal sealed record WayShape(string Host, int Port, ProxyTransport Transport, IReadOnlyList<string> Schemes)
{
    public static WayShape? Of(AnnouncedWay? way) => way is null ? null : new(way.Address.Host, way.Address.Port, way.Address.Transport, way.Schemes);
}
