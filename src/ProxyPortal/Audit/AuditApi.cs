using System.Text;
using System.Text.Json.Nodes;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.Audit;

/// <summary><c>/api/v1/audit</c>, and the file behind the button of the page.</summary>
internal static class AuditApi
{
    private static readonly string[] Filters = ["search", "action", "actor", "target", "from", "to"];

    public static void MapAuditApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder audit = api.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("", ListAsync).WithName("listAuditEntries").WithSummary("Lists entries of the audit trail, latest first")
            .WithDescription("actor and target are ids, from and to times; to itself is not included.")
            .IsPaged(Filters).Produces<ApiPage<AuditAnswer>>();
        audit.MapGet("/export", ExportAsync).WithName("exportAudit").WithSummary("Writes the matching entries as a file, oldest first")
            .WithDescription("format is csv or jsonl. Values that a spreadsheet would compute begin with an apostrophe in CSV.")
            .TakesQuery(["format", .. Filters]).Produces<string>(StatusCodes.Status200OK, "text/csv", "application/jsonl");
    }

    /// <summary>For the button of the page: the same file, for whoever is signed in and may read the trail.</summary>
    public static void MapAuditFile(this IEndpointRouteBuilder routes) =>
        routes.MapGet(PortalUrls.AuditFile, (HttpContext context, AuditExport export, CancellationToken cancellationToken) =>
            WriteAsync(Actor.From(context.User, SignInSessions.AddressOf(context)), context, export, cancellationToken)).TakesQuery(["format", .. Filters]);

    private static async Task<IResult> ListAsync(ApiCaller caller, HttpContext context, AuditTrail audit, CancellationToken cancellationToken)
    {
        Result<ApiQuery> page = ApiQuery.ReadPaging(context.Request.Query, Filters);
        if (page.Error is { } fault)
            return ApiProblem.Of(fault);
        Result<AuditQuery> query = ReadFilters(context.Request.Query);
        return query.Error is { } error ? ApiProblem.Of(error)
            : (await audit.ListAsync(caller.Actor, query.Value with { Page = page.Value.Page, PageSize = page.Value.PageSize }, cancellationToken)).OkPage(AuditAnswer.Of);
    }

    private static Task<IResult> ExportAsync(ApiCaller caller, HttpContext context, AuditExport export, CancellationToken cancellationToken) =>
        WriteAsync(caller.Actor, context, export, cancellationToken);

    private static async Task<IResult> WriteAsync(Actor actor, HttpContext context, AuditExport export, CancellationToken cancellationToken)
    {
        AuditFileFormat? format = ApiQuery.Text(context.Request.Query, "format") switch { null or "csv" => AuditFileFormat.Csv, "jsonl" => AuditFileFormat.JsonLines, _ => null };
        Result<AuditQuery> query = ReadFilters(context.Request.Query);
        if ((format is null ? new Error("format_invalid", "format is csv or jsonl.", "format") : query.Error) is { } fault)
            return ApiProblem.Of(fault);
        Result<IAsyncEnumerable<string>> lines = await export.ReadAsync(actor, query.Value, format!.Value, cancellationToken);
        if (lines.Error is { } error)
            return ApiProblem.Of(error);
        bool csv = format is AuditFileFormat.Csv;
        return Results.Stream(async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: csv), leaveOpen: true);
            await foreach (string line in lines.Value)
                await writer.WriteAsync(line);
        }, csv ? "text/csv; charset=utf-8" : "application/jsonl", csv ? "audit.csv" : "audit.jsonl");
    }

    private static Result<AuditQuery> ReadFilters(IQueryCollection query)
    {
        Result<Guid?> actor = ApiQuery.Id(query, "actor");
        Result<Guid?> target = ApiQuery.Id(query, "target");
        Result<DateTimeOffset?> from = ApiQuery.Time(query, "from");
        Result<DateTimeOffset?> to = ApiQuery.Time(query, "to");
        return (actor.Error ?? target.Error ?? from.Error ?? to.Error) is { } fault ? fault
            : new AuditQuery(ApiQuery.Text(query, "search"), ApiQuery.Text(query, "action"), target.Value, ActorId: actor.Value, From: from.Value, To: to.Value);
    }
}

/// <summary>An entry as programs see it.</summary>
/// <param name="Id">Rises with time; a gap says nothing, <c>audit verify</c> does.</param>
/// <param name="At">When.</param>
/// <param name="ActorId">The acting account; null for the portal itself and for API tokens.</param>
/// <param name="Actor">Its user-id at that time; <c>api:</c> and the name for a token.</param>
/// <param name="Address">Where the act came from.</param>
/// <param name="Action">A code such as <c>user.suspended</c>.</param>
/// <param name="TargetKind">What kind of thing was acted on.</param>
/// <param name="TargetId">Which.</param>
/// <param name="Target">Its name at that time.</param>
/// <param name="Before">The fields that differ, before.</param>
/// <param name="After">The same after.</param>
/// <param name="Hash">SHA-256 over the entry before and this one, in hexadecimal.</param>
internal sealed record AuditAnswer(
    long Id, DateTimeOffset At, Guid? ActorId, string Actor, string? Address, string Action, string TargetKind, Guid? TargetId, string Target, JsonNode? Before, JsonNode? After, string? Hash)
{
    public static AuditAnswer Of(AuditEntry entry) => new(
        entry.Id, entry.At, entry.ActorId, entry.ActorName, entry.Address, entry.Action, entry.TargetKind, entry.TargetId, entry.TargetName,
        entry.Before is null ? null : JsonNode.Parse(entry.Before), entry.After is null ? null : JsonNode.Parse(entry.After), entry.Hash is null ? null : Convert.ToHexStringLower(entry.Hash));
}
