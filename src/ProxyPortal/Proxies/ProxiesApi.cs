using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.Proxies;

/// <summary><c>/proxies</c> and <c>/endpoints</c> of the management API.</summary>
internal static class ProxiesApi
{
    public static void MapProxiesApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder proxies = api.MapGroup("/proxies").WithTags("Proxies");
        proxies.MapGet("", ListAsync).WithName("listProxies").WithSummary("Lists proxies, by name").IsList().Produces<ApiPage<ProxyShape>>();
        proxies.MapGet("{id:guid}", GetAsync).WithName("getProxy").WithSummary("Shows a proxy with its endpoints and keys").TakesQuery().Produces<ProxyShape>();
        proxies.MapPost("", CreateAsync).WithName("createProxy").WithSummary("Adds a proxy with its first endpoint and a caller key, which is told only now").TakesQuery().Produces<CreatedProxyShape>(StatusCodes.Status201Created);
        proxies.MapPatch("{id:guid}", ChangeAsync).WithName("changeProxy").WithSummary("Changes of a proxy what the body names").TakesQuery().Produces<ProxyShape>();
        proxies.MapDelete("{id:guid}", DeleteAsync).WithName("deleteProxy").WithSummary("Removes a proxy: its calls are refused from then on").TakesQuery().Produces(StatusCodes.Status204NoContent);
        proxies.MapPost("{id:guid}/endpoints", AddEndpointAsync).WithName("addEndpoint").WithSummary("Adds an endpoint").TakesQuery().Produces<EndpointShape>(StatusCodes.Status201Created);
        proxies.MapPost("{id:guid}/caller-keys", IssueKeyAsync).WithName("issueCallerKey").WithSummary("Issues a further caller key, told only now; two may be valid at a time").TakesQuery().Produces<IssuedKeyShape>(StatusCodes.Status201Created);
        proxies.MapPost("{id:guid}/caller-keys/rotate", RotateKeyAsync).WithName("rotateCallerKey").WithSummary("Issues a caller key in the place of the present one, which goes on working for the overlap").TakesQuery().Produces<IssuedKeyShape>(StatusCodes.Status201Created);
        proxies.MapPatch("{id:guid}/caller-keys/{keyId:guid}", ChangeKeyAsync).WithName("changeCallerKey").WithSummary("Changes from where and until when a key works").TakesQuery().Produces<KeyShape>();
        proxies.MapDelete("{id:guid}/caller-keys/{keyId:guid}", RevokeKeyAsync).WithName("revokeCallerKey").WithSummary("Revokes a caller key at once and for good").TakesQuery().Produces(StatusCodes.Status204NoContent);
        RouteGroupBuilder endpoints = api.MapGroup("/endpoints").WithTags("Endpoints");
        endpoints.MapGet("", ListEndpointsAsync).WithName("listEndpoints").WithSummary("Lists the endpoints of every proxy, by name").IsList().Produces<ApiPage<EndpointShape>>();
        endpoints.MapGet("{id:guid}", GetEndpointAsync).WithName("getEndpoint").WithSummary("Shows an endpoint").TakesQuery().Produces<EndpointShape>();
        endpoints.MapPatch("{id:guid}", ChangeEndpointAsync).WithName("changeEndpoint").WithSummary("Changes of an endpoint what the body names").TakesQuery().Produces<EndpointShape>();
        endpoints.MapDelete("{id:guid}", RemoveEndpointAsync).WithName("removeEndpoint").WithSummary("Removes an endpoint: calls that name it are refused from then on").TakesQuery().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ApiCaller caller, ProxyService service, CancellationToken cancellationToken)
    {
        Result<ApiQuery> query = ApiQuery.Read(context.Request.Query);
        if ((query.Error ?? query.Value.CheckSort("name")) is { } fault)
            return ApiProblem.Of(fault);
        return (await service.ListAsync(caller.Actor, cancellationToken)).Ok(found => query.Value.PageOf(
            found.Where(proxy => query.Value.Search is not { } text || proxy.Matches(text)), ProxyShape.Of));
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, ApiCaller caller, ProxyService service, CancellationToken cancellationToken) =>
        Tell(context, await service.GetAsync(caller.Actor, id, cancellationToken));

    private static async Task<IResult> CreateAsync(NewProxyBody body, ApiCaller caller, ProxyService service, CancellationToken cancellationToken)
    {
        Result<EndpointInput> endpoint = body.Endpoint.ToInput(new EndpointInput(), "endpoint.");
        if (endpoint.Error is { } fault)
            return ApiProblem.Of(fault);
        Result<CreatedProxy> created = await service.CreateAsync(
            caller.Actor, new ProxyInput { Name = body.Name, Realm = body.Realm, Location = body.Location, Contact = body.Contact }, endpoint.Value, cancellationToken);
        return created.Error is { } refused ? ApiProblem.Of(refused)
            : TypedResults.Created($"{ManagementApi.Prefix}/proxies/{created.Value.Id}", new CreatedProxyShape(created.Value.Proxy, created.Value.Key.Key));
    }

    private static async Task<IResult> ChangeAsync(Guid id, ProxyBody body, HttpContext context, ApiCaller caller, ProxyService service, CancellationToken cancellationToken)
    {
        Result<ProxyDetail> found = await service.GetAsync(caller.Actor, id, cancellationToken);
        if (found.Error is { } missing)
            return ApiProblem.Of(missing);
        ProxyDetail now = found.Value;
        var input = new ProxyInput
        {
            Name = body.Name.Or(now.Name) ?? "",
            Realm = body.Realm.Or(now.Realm) ?? "",
            Location = body.Location.Or(now.Location),
            Contact = body.Contact.Or(now.Contact),
        };
        Result changed = await service.ChangeAsync(caller.Actor, id, input, context.Request.ExpectedVersion() ?? now.Version, cancellationToken);
        return changed.Error is { } refused ? ApiProblem.Of(refused) : Tell(context, await service.GetAsync(caller.Actor, id, cancellationToken));
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiCaller caller, ProxyService service, CancellationToken cancellationToken) =>
        (await service.DeleteAsync(caller.Actor, id, cancellationToken)).NoContent();

    private static async Task<IResult> AddEndpointAsync(Guid id, EndpointBody body, ApiCaller caller, ProxyService service, CancellationToken cancellationToken)
    {
        Result<EndpointInput> input = body.ToInput(new EndpointInput());
        Result added = input.Error is { } fault ? fault : await service.AddEndpointAsync(caller.Actor, id, input.Value, cancellationToken);
        if (added.Error is { } refused)
            return ApiProblem.Of(refused);
        EndpointDetail endpoint = (await service.GetAsync(caller.Actor, id, cancellationToken)).Value.Endpoints.Single(row => row.Name == input.Value.Name);
        return TypedResults.Created($"{ManagementApi.Prefix}/endpoints/{endpoint.Id}", EndpointShape.Of(endpoint));
    }

    private static async Task<IResult> ListEndpointsAsync(HttpContext context, ApiCaller caller, ProxyService service, CancellationToken cancellationToken)
    {
        Result<ApiQuery> query = ApiQuery.Read(context.Request.Query);
        if ((query.Error ?? query.Value.CheckSort("name")) is { } fault)
            return ApiProblem.Of(fault);
        return (await service.ListAsync(caller.Actor, cancellationToken)).Ok(found => query.Value.PageOf(
            found.SelectMany(proxy => proxy.Endpoints).Where(endpoint => query.Value.Search is not { } text || endpoint.Matches(text)).OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal),
            EndpointShape.Of));
    }

    private static async Task<IResult> GetEndpointAsync(Guid id, HttpContext context, ApiCaller caller, ProxyService service, CancellationToken cancellationToken) =>
        Tell(context, await service.FindEndpointAsync(caller.Actor, id, cancellationToken));

    private static async Task<IResult> ChangeEndpointAsync(Guid id, EndpointBody body, HttpContext context, ApiCaller caller, ProxyService service, CancellationToken cancellationToken)
    {
        Result<EndpointDetail> found = await service.FindEndpointAsync(caller.Actor, id, cancellationToken);
        if (found.Error is { } missing)
            return ApiProblem.Of(missing);
        Result<EndpointInput> input = body.ToInput(EndpointForm.From(found.Value).ToInput());
        Result changed = input.Error is { } fault ? fault
            : await service.ChangeEndpointAsync(caller.Actor, found.Value.ProxyId, id, input.Value, context.Request.ExpectedVersion() ?? found.Value.Version, cancellationToken);
        return changed.Error is { } refused ? ApiProblem.Of(refused) : Tell(context, await service.FindEndpointAsync(caller.Actor, id, cancellationToken));
    }

    private static async Task<IResult> RemoveEndpointAsync(Guid id, ApiCaller caller, ProxyService service, CancellationToken cancellationToken)
    {
        Result<EndpointDetail> found = await service.FindEndpointAsync(caller.Actor, id, cancellationToken);
        return found.Error is { } missing ? ApiProblem.Of(missing) : (await service.RemoveEndpointAsync(caller.Actor, found.Value.ProxyId, id, cancellationToken)).NoContent();
    }

    private static async Task<IResult> IssueKeyAsync(Guid id, KeyBody? body, ApiCaller caller, CallerKeyService keys, CancellationToken cancellationToken) =>
        Tell(id, await keys.IssueAsync(caller.Actor, id, (body ?? new KeyBody()).ToInput(new CallerKeyInput()), cancellationToken));

    private static async Task<IResult> RotateKeyAsync(Guid id, RotateBody? body, ApiCaller caller, CallerKeyService keys, CancellationToken cancellationToken) =>
        Tell(id, await keys.RotateAsync(caller.Actor, id, new CallerKeyInput { Networks = body?.Networks ?? [], Scopes = body?.Scopes ?? [] },
            body?.OverlapHours ?? CallerKeyRules.UsualOverlapHours, cancellationToken));

    private static async Task<IResult> ChangeKeyAsync(Guid id, Guid keyId, KeyBody body, ApiCaller caller, ProxyService service, CallerKeyService keys, CancellationToken cancellationToken)
    {
        Result<CallerKeyDetail> found = await FindKeyAsync(caller, service, id, keyId, cancellationToken);
        if (found.Error is { } missing)
            return ApiProblem.Of(missing);
        CallerKeyDetail now = found.Value;
        var present = new CallerKeyInput { Networks = now.Networks, Scopes = now.Scopes, ExpiresAt = now.ExpiresAt };
        Result changed = await keys.ChangeAsync(caller.Actor, id, keyId, body.ToInput(present), cancellationToken);
        return changed.Error is { } refused ? ApiProblem.Of(refused) : (await FindKeyAsync(caller, service, id, keyId, cancellationToken)).Ok(KeyShape.Of);
    }

    private static async Task<IResult> RevokeKeyAsync(Guid id, Guid keyId, ApiCaller caller, CallerKeyService keys, CancellationToken cancellationToken) =>
        (await keys.RevokeAsync(caller.Actor, id, keyId, cancellationToken)).NoContent();

    private static async Task<Result<CallerKeyDetail>> FindKeyAsync(ApiCaller caller, ProxyService service, Guid id, Guid keyId, CancellationToken cancellationToken)
    {
        Result<ProxyDetail> proxy = await service.GetAsync(caller.Actor, id, cancellationToken);
        return proxy.Error is { } missing ? missing
            : proxy.Value.Keys.FirstOrDefault(key => key.Id == keyId) is { } key ? key : CallerKeyService.NotFound;
    }

    private static IResult Tell(HttpContext context, Result<ProxyDetail> found)
    {
        if (found.Succeeded)
            context.Response.TellVersion(found.Value.Version);
        return found.Ok(ProxyShape.Of);
    }

    private static IResult Tell(HttpContext context, Result<EndpointDetail> found)
    {
        if (found.Succeeded)
            context.Response.TellVersion(found.Value.Version);
        return found.Ok(EndpointShape.Of);
    }

    private static IResult Tell(Guid proxyId, Result<IssuedCallerKey> issued) => issued.Error is { } refused ? ApiProblem.Of(refused)
        : TypedResults.Created($"{ManagementApi.Prefix}/proxies/{proxyId}", new IssuedKeyShape(issued.Value.Id, issued.Value.Key));
}
