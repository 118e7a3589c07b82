using Microsoft.AspNetCore.Mvc;
using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.Asking;

/// <summary>Requests for groups and for access in the management API. Devices are asked for, and decided, as devices.</summary>
internal static class RequestsApi
{
    public static void MapRequestsApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder requests = api.MapGroup("").WithTags("Requests");
        requests.MapGet("/requests", ListAsync).WithName("listRequests").WithSummary("Requests for groups and for access").TakesQuery("page", "pageSize", "search", "kind", "state").Produces<ApiPage<RequestAnswer>>();
        requests.MapGet("/requests/{id:guid}", GetAsync).WithName("getRequest").WithSummary("One request").TakesQuery().Produces<RequestAnswer>();
        requests.MapPost("/requests/{id:guid}/accept", AcceptAsync).WithName("acceptRequest").WithSummary("Make the asker a member, or give them an account").TakesQuery().Produces<RequestAnswer>();
        requests.MapPost("/requests/{id:guid}/decline", DeclineAsync).WithName("declineRequest").WithSummary("Turn a request down, with a reason").TakesQuery().Produces<RequestAnswer>();
        requests.MapPost("/requests/decide", DecideAsync).WithName("decideRequests").WithSummary("Accept or decline many requests").TakesQuery().Produces<RequestDecisionsAnswer>();
        requests.MapPost("/requests/invite", InviteAsync).WithName("inviteToRequest").WithSummary("Invite somebody by mail to ask for access").TakesQuery().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(ApiCaller caller, HttpContext context, RequestService service, CancellationToken cancellationToken)
    {
        IQueryCollection query = context.Request.Query;
        Result<ApiQuery> read = ApiQuery.Read(query, "kind", "state");
        if (read.Error is { } fault)
            return ApiProblem.Of(fault);
        RequestKind? kind = RequestCodes.ParseKind(ApiQuery.Text(query, "kind"));
        if (kind is null && ApiQuery.Text(query, "kind") is not null)
            return ApiProblem.Of(new Error("kind_invalid", $"kind is one of {string.Join(", ", Enum.GetValues<RequestKind>().Select(RequestCodes.Code))}.", "kind"));
        RequestStatus? status = RequestCodes.ParseStatus(ApiQuery.Text(query, "state"));
        if (status is null && ApiQuery.Text(query, "state") is not null)
            return ApiProblem.Of(new Error("state_invalid", $"state is one of {string.Join(", ", Enum.GetValues<RequestStatus>().Select(RequestCodes.Code))}.", "state"));
        return (await service.ListAsync(caller.Actor, new RequestQuery(read.Value.Search, kind, status, read.Value.Page, read.Value.PageSize), cancellationToken)).OkPage(RequestAnswer.Of);
    }

    private static async Task<IResult> GetAsync(ApiCaller caller, Guid id, RequestService service, CancellationToken cancellationToken) =>
        (await service.GetAsync(caller.Actor, id, cancellationToken)).Ok(RequestAnswer.Of);

    private static async Task<IResult> AcceptAsync(ApiCaller caller, Guid id, [FromBody] RequestReasonBody? body, RequestDecisionService decisions, RequestService service, CancellationToken cancellationToken) =>
        await decisions.AcceptAsync(caller.Actor, id, body?.Reason, cancellationToken) is { Error: { } error } ? ApiProblem.Of(error) : await GetAsync(caller, id, service, cancellationToken);

    private static async Task<IResult> DeclineAsync(ApiCaller caller, Guid id, [FromBody] RequestReasonBody? body, RequestDecisionService decisions, RequestService service, CancellationToken cancellationToken) =>
        await decisions.DeclineAsync(caller.Actor, id, body?.Reason, cancellationToken) is { Error: { } error } ? ApiProblem.Of(error) : await GetAsync(caller, id, service, cancellationToken);

    private static async Task<IResult> DecideAsync(ApiCaller caller, [FromBody] RequestDecideBody body, RequestDecisionService decisions, CancellationToken cancellationToken)
    {
        if (body.Decision is not ("accept" or "decline"))
            return ApiProblem.Of(new Error("decision_invalid", "decision is accept or decline.", "decision"));
        return (await decisions.DecideAsync(caller.Actor, body.Ids ?? [], body.Decision == "accept", body.Reason, cancellationToken)).Ok(outcomes =>
            new RequestDecisionsAnswer([.. outcomes.Select(outcome => new RequestDecisionAnswer(outcome.Id, outcome.Error is null, outcome.Error?.Code, outcome.Error?.Message))]));
    }

    private static async Task<IResult> InviteAsync(ApiCaller caller, [FromBody] InviteBody body, Invitations invitations, CancellationToken cancellationToken) =>
        (await invitations.InviteAsync(caller.Actor, body.Email ?? "", cancellationToken)).NoContent();
}

internal sealed record RequestReasonBody(string? Reason);

/// <param name="Ids">The requests.</param>
/// <param name="Decision"><c>accept</c> or <c>decline</c>.</param>
/// <param name="Reason">Needed to decline.</param>
internal sealed record RequestDecideBody(IReadOnlyList<Guid>? Ids, string? Decision, string? Reason);

internal sealed record InviteBody(string? Email);

/// <summary>A request; <c>state</c> is by the clock, <c>days</c> null = without end.</summary>
internal sealed record RequestAnswer(
    Guid Id, string Kind, string State, Guid? UserId, string? User, string Name, string? Email, string? Group, string? Reason, int? Days, DateTimeOffset AskedAt, DateTimeOffset EndsAt,
    DateTimeOffset? DecidedAt, string? DecidedBy, string? DecisionReason, DateTimeOffset? MemberUntil)
{
    public static RequestAnswer Of(RequestSummary request) => new(
        request.Id, request.Kind.Code(), request.Status.Code(), request.Asker.UserId, request.Asker.Login, request.Asker.Name, request.Asker.Mail, request.Group, request.Reason, request.Days,
        request.AskedAt, request.EndsAt, request.Decision?.At, request.Decision?.By, request.Decision?.Reason, request.MemberUntil);
}

internal sealed record RequestDecisionsAnswer(IReadOnlyList<RequestDecisionAnswer> Results);

/// <summary>What became of one request; <c>code</c> and <c>detail</c> where it was not done.</summary>
internal sealed record RequestDecisionAnswer(Guid Id, bool Done, string? Code, string? Detail);
