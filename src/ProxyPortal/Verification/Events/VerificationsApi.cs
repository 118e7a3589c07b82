using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Management;

namespace ProxyPortal.Verification.Events;

/// <summary><c>/api/v1/verifications</c>: what was decided, with the true reason.</summary>
internal static class VerificationsApi
{
    private static readonly string[] Filters = ["user", "code", "since", "until"];

    public static void MapVerificationsApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder verifications = api.MapGroup("/verifications").WithTags("Verifications");
        verifications.MapGet("", ListAsync).WithName("listVerifications").WithSummary("Lists verifications with their true reasons, latest first")
            .WithDescription("user is a user-id, a login such as alice+laptop, or an unknown name exactly as it was typed; code is a reason code, ok for accepted; since and until are times.")
            .IsPaged(Filters).Produces<ApiPage<VerificationAnswer>>();
        verifications.MapGet("/{id}", FindAsync).WithName("getVerification").WithSummary("Finds the event of an id that stands in an answer and in the proxy's log")
            .TakesQuery().Produces<FoundVerifications>();
    }

    private static async Task<IResult> ListAsync(ApiCaller caller, HttpContext context, VerificationEventQueries events, CancellationToken cancellationToken)
    {
        Result<ApiQuery> page = ApiQuery.ReadPaging(context.Request.Query, Filters);
        Result<DateTimeOffset?> since = ApiQuery.Time(context.Request.Query, "since");
        Result<DateTimeOffset?> until = ApiQuery.Time(context.Request.Query, "until");
        if ((page.Error ?? since.Error ?? until.Error) is { } fault)
            return ApiProblem.Of(fault);
        var query = new VerificationEventQuery(
            ApiQuery.Text(context.Request.Query, "user"), ApiQuery.Text(context.Request.Query, "code"), since.Value, until.Value, page.Value.Page, page.Value.PageSize);
        return (await events.ListAsync(caller.Actor, query, cancellationToken)).OkPage(Shape);
    }

    private static async Task<IResult> FindAsync(ApiCaller caller, string id, VerificationEventQueries events, CancellationToken cancellationToken) =>
        (await events.FindAsync(caller.Actor, id, cancellationToken)).Ok(found => new FoundVerifications(found.IsExact, [.. found.Events.Select(Shape)]));

    private static VerificationAnswer Shape(VerificationEvent one) => new(
        VerificationId.FromBytes(one.Id).ToString(), one.FirstAt, one.LastAt, one.Count, one.UserId, one.DeviceId, one.Login, one.ProxyName, one.EndpointName,
        one.Source, AuthScheme.Names(one.Scheme).FirstOrDefault(), one.Reason.Code(), one.Reason is RejectionReason.None,
        one.Count == 0 ? 0 : one.LatencySumMicroseconds / 1000.0 / one.Count);
}

/// <summary>One verification, or a number of them that differ in nothing but id, time and latency.</summary>
/// <param name="Id">Of the first.</param>
/// <param name="FirstAt">When the first was decided.</param>
/// <param name="LastAt">When the last was.</param>
/// <param name="Count">How many.</param>
/// <param name="UserId">The user's resource id; null when the name was unknown.</param>
/// <param name="DeviceId">The device's; null when it was none.</param>
/// <param name="Login">What was typed; of an unknown name only a mask.</param>
/// <param name="Proxy">The proxy's name at that time.</param>
/// <param name="Endpoint">The endpoint's; null when it was not told.</param>
/// <param name="ClientAddress">The user's address as the proxy told it.</param>
/// <param name="Scheme">Basic, Digest …; null when there were no credentials.</param>
/// <param name="Code">The true reason; <c>ok</c> = accepted.</param>
/// <param name="IsAccepted">Whether it got through.</param>
/// <param name="AverageMilliseconds">How long it took.</param>
internal sealed record VerificationAnswer(
    string Id, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Count, Guid? UserId, Guid? DeviceId, string Login, string Proxy, string? Endpoint,
    string? ClientAddress, string? Scheme, string Code, bool IsAccepted, double AverageMilliseconds);

/// <summary>The events that an id may belong to.</summary>
/// <param name="IsExact">It is the first or the last of its event; otherwise these are the events of its moment.</param>
/// <param name="Items">Latest first.</param>
internal sealed record FoundVerifications(bool IsExact, IReadOnlyList<VerificationAnswer> Items);
