using ProxyPortal.Core;
using ProxyPortal.ExpiryPolicies.Impact;
using ProxyPortal.Management;

namespace ProxyPortal.ExpiryPolicies;

/// <summary><c>/api/v1/expiry-policies</c>.</summary>
internal static class ExpiryPoliciesApi
{
    public static void MapExpiryPoliciesApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder policies = api.MapGroup("/expiry-policies").WithTags("Expiry policies");
        policies.MapGet("", ListAsync).WithName("listExpiryPolicies").WithSummary("Expiry policies by name").IsList().Produces<ApiPage<ExpiryPolicyShape>>();
        policies.MapPost("", CreateAsync).WithName("createExpiryPolicy").WithSummary("Creates a policy. What is not named is no rule").TakesQuery().Produces<ExpiryPolicyShape>(StatusCodes.Status201Created);
        policies.MapGet("/{id:guid}", GetAsync).WithName("getExpiryPolicy").WithSummary("A policy, with its version as ETag").TakesQuery().Produces<ExpiryPolicyShape>();
        policies.MapPatch("/{id:guid}", ChangeAsync).WithName("changeExpiryPolicy").WithSummary("Changes of a policy what is named; null takes a rule away").TakesQuery().Produces<ExpiryPolicyShape>();
        policies.MapDelete("/{id:guid}", DeleteAsync).WithName("deleteExpiryPolicy").WithSummary("Deletes a policy that no group names").TakesQuery().Produces(StatusCodes.Status204NoContent);
        policies.MapPost("/{id:guid}/impact", ImpactAsync).WithName("previewExpiryPolicy")
            .WithSummary("Who would be refused earlier than now if the policy were changed by this body: counts, by day, and a page of logins").IsPaged().Produces<ImpactReport>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, ApiCaller caller, ExpiryPolicyService service)
    {
        Result<ApiQuery> read = ApiQuery.Read(context.Request.Query);
        if ((read.Error ?? (read.Value.Sort is null ? null : new Error("sort_unknown", "Policies are ordered by name.", "sort"))) is { } wrong)
            return ApiProblem.Of(wrong);
        return (await service.ListAsync(caller.Actor, read.Value.Search, read.Value.Page, read.Value.PageSize, context.RequestAborted)).OkPage(row => ExpiryPolicyShape.Of(row.Id, row.Fields, row.Groups));
    }

    private static async Task<IResult> CreateAsync(ExpiryPolicyPatch body, HttpContext context, ApiCaller caller, ExpiryPolicyService service)
    {
        Result<Guid> created = await service.CreateAsync(caller.Actor, body.Over(new ExpiryPolicyInput()), context.RequestAborted);
        if (created.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.Headers.Location = $"{ManagementApi.Prefix}/expiry-policies/{created.Value}";
        return await AnswerAsync(created.Value, context, caller, service, StatusCodes.Status201Created);
    }

    private static Task<IResult> GetAsync(Guid id, HttpContext context, ApiCaller caller, ExpiryPolicyService service) => AnswerAsync(id, context, caller, service, StatusCodes.Status200OK);

    private static async Task<IResult> ChangeAsync(Guid id, ExpiryPolicyPatch body, HttpContext context, ApiCaller caller, ExpiryPolicyService service)
    {
        Result<ExpiryPolicyDetail> now = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (now.Error is { } error)
            return ApiProblem.Of(error);
        long? expected = context.Request.ExpectedVersion();
        Result saved = await service.ChangeAsync(caller.Actor, id, body.Over(now.Value.Fields), expected ?? now.Value.Version, context.RequestAborted);
        return saved.Error is { } fault ? ApiProblem.Of(Said(fault, expected)) : await AnswerAsync(id, context, caller, service, StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, ApiCaller caller, ExpiryPolicyService service)
    {
        Result<ExpiryPolicyDetail> now = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (now.Error is { } error)
            return ApiProblem.Of(error);
        long? expected = context.Request.ExpectedVersion();
        Result deleted = await service.DeleteAsync(caller.Actor, id, expected ?? now.Value.Version, context.RequestAborted);
        return deleted.Error is { } fault ? ApiProblem.Of(Said(fault, expected)) : TypedResults.NoContent();
    }

    private static async Task<IResult> ImpactAsync(Guid id, ExpiryPolicyPatch body, HttpContext context, ApiCaller caller, ExpiryPolicyService policies, ImpactService service)
    {
        Result<ApiQuery> read = ApiQuery.Read(context.Request.Query);
        Result<ExpiryPolicyDetail> now = read.Error is { } wrong ? wrong : await policies.GetAsync(caller.Actor, id, context.RequestAborted);
        return now.Error is { } error ? ApiProblem.Of(error)
            : (await service.OfPolicyAsync(caller.Actor, id, body.Over(now.Value.Fields), read.Value.Page, read.Value.PageSize, context.RequestAborted)).Ok(report => report);
    }

    private static Error Said(Error fault, long? expected) => fault == ExpiryPolicyService.Conflict && expected is not null ? ApiResults.VersionConflict : fault;

    private static async Task<IResult> AnswerAsync(Guid id, HttpContext context, ApiCaller caller, ExpiryPolicyService service, int status)
    {
        Result<ExpiryPolicyDetail> policy = await service.GetAsync(caller.Actor, id, context.RequestAborted);
        if (policy.Error is { } error)
            return ApiProblem.Of(error);
        context.Response.TellVersion(policy.Value.Version);
        return TypedResults.Json(ExpiryPolicyShape.Of(id, policy.Value.Fields, [.. policy.Value.Groups.Select(group => group.Name)]), ApiJson.Options, statusCode: status);
    }
}

/// <summary>A policy in answers; null = no rule.</summary>
internal sealed record ExpiryPolicyShape(
    Guid Id, string Name, bool IsDefault, int? DeviceSecretMaxAgeDays, int? OverlapHours, int? IdleDays, IReadOnlyList<int> WarnDays, bool WarnsOnTheDay, IReadOnlyList<int> WarnDaysAfter,
    int? GraceDays, int? JitterDays, bool SparesDaysOff, IReadOnlyList<DateOnly> Holidays, int? PasswordMaxAgeDays, int? PasswordMinLength, int? PasswordHistory, IReadOnlyList<string> Groups)
{
    public static ExpiryPolicyShape Of(Guid id, ExpiryPolicyInput fields, IReadOnlyList<string> groups) => new(
        id, fields.Name, fields.IsDefault, fields.DeviceSecretMaxAgeDays, fields.OverlapHours, fields.IdleDays, fields.WarnDays, fields.WarnsOnTheDay, fields.WarnDaysAfter,
        fields.GraceDays, fields.JitterDays, fields.SparesDaysOff, fields.Holidays, fields.PasswordMaxAgeDays, fields.PasswordMinLength, fields.PasswordHistory, groups);
}
