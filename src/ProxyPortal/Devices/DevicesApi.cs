using Microsoft.AspNetCore.Mvc;
using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.Devices;

/// <summary>Devices in the management API.</summary>
internal static class DevicesApi
{
    public static void MapDevicesApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder devices = api.MapGroup("").WithTags("Devices");
        devices.MapGet("/users/{id}/devices", ListOfUserAsync).WithName("listDevicesOfUser").WithSummary("The devices of a user").IsList("state", "kind").Produces<ApiPage<DeviceAnswer>>();
        devices.MapPost("/users/{id}/devices", CreateAsync).WithName("createDevice")
            .WithSummary("Add a device to a user, or ask for one (requested: true). The secret is in this answer only").TakesQuery().Produces<NewDeviceAnswer>(StatusCodes.Status201Created);
        devices.MapGet("/devices", ListAllAsync).WithName("listDevices").WithSummary("The devices of everyone").IsList("state", "kind", "user").Produces<ApiPage<DeviceAnswer>>();
        devices.MapGet("/devices/{id:guid}", GetAsync).WithName("getDevice").WithSummary("A device").TakesQuery().Produces<DeviceDetailAnswer>();
        devices.MapPatch("/devices/{id:guid}", ChangeAsync).WithName("changeDevice")
            .WithSummary("Change what is named of a device. Its name stays: it is half of what is typed to the proxy").TakesQuery().Produces<DeviceDetailAnswer>();
        devices.MapDelete("/devices/{id:guid}", async (ApiCaller caller, Guid id, DeviceService service, CancellationToken cancellationToken) =>
            (await service.DeleteAsync(caller.Actor, id, cancellationToken)).NoContent()).WithName("deleteDevice").WithSummary("Remove a device for good").TakesQuery().Produces(StatusCodes.Status204NoContent);
        devices.MapDeviceActs();
    }

    private static async Task<IResult> ListOfUserAsync(ApiCaller caller, HttpContext context, string id, DeviceService service, CancellationToken cancellationToken)
    {
        Result<DeviceOwner> owner = await service.FindOwnerAsync(caller.Actor, id, cancellationToken);
        return owner.Error is { } error ? ApiProblem.Of(error) : await ListAsync(caller, context, service, owner.Value.Id, cancellationToken);
    }

    private static Task<IResult> ListAllAsync(ApiCaller caller, HttpContext context, DeviceService service, CancellationToken cancellationToken) =>
        ListAsync(caller, context, service, null, cancellationToken);

    private static async Task<IResult> ListAsync(ApiCaller caller, HttpContext context, DeviceService service, Guid? userId, CancellationToken cancellationToken)
    {
        Result<DeviceQuery> query = await ReadAsync(caller, context.Request.Query, service, userId, cancellationToken);
        return query.Error is { } error ? ApiProblem.Of(error) : (await service.ListAsync(caller.Actor, query.Value, cancellationToken)).OkPage(DeviceAnswer.Of);
    }

    private static async Task<Result<DeviceQuery>> ReadAsync(ApiCaller caller, IQueryCollection query, DeviceService service, Guid? userId, CancellationToken cancellationToken)
    {
        Result<ApiQuery> read = userId is null ? ApiQuery.Read(query, "state", "kind", "user") : ApiQuery.Read(query, "state", "kind");
        if (read.Error is { } fault)
            return fault;
        DeviceStatus? status = DeviceStatuses.Parse(ApiQuery.Text(query, "state"));
        if (status is null && ApiQuery.Text(query, "state") is not null)
            return new Error("state_invalid", $"state is one of {string.Join(", ", Enum.GetValues<DeviceStatus>().Select(DeviceStatuses.Code))}.", "state");
        DeviceKind? kind = DeviceWords.ParseKind(ApiQuery.Text(query, "kind"));
        if (kind is null && ApiQuery.Text(query, "kind") is not null)
            return new Error("kind_invalid", $"kind is one of {string.Join(", ", Enum.GetValues<DeviceKind>().Select(DeviceWords.CodeOf))}.", "kind");
        if (ApiQuery.Text(query, "user") is { } user)
        {
            Result<DeviceOwner> owner = await service.FindOwnerAsync(caller.Actor, user, cancellationToken);
            if (owner.Error is { } unknown)
                return unknown;
            userId = owner.Value.Id;
        }
        ApiQuery page = read.Value;
        return new DeviceQuery(page.Search, status, kind, userId, page.Sort, page.Descending, page.Page, page.PageSize);
    }

    private static async Task<IResult> CreateAsync(
        ApiCaller caller, HttpContext context, string id, [FromBody] NewDeviceBody body, DeviceService service, CancellationToken cancellationToken)
    {
        Result<DeviceOwner> owner = await service.FindOwnerAsync(caller.Actor, id, cancellationToken);
        Result<DeviceInput> input = owner.Succeeded ? body.ToInput() : owner.Error!;
        if (input.Error is { } fault)
            return ApiProblem.Of(fault);
        Result<IssuedDeviceSecret> made = body.Requested is true
            ? await service.RequestAsync(caller.Actor, owner.Value.Id, input.Value, cancellationToken)
            : await service.CreateAsync(caller.Actor, owner.Value.Id, input.Value, cancellationToken);
        if (made.Error is { } error)
            return ApiProblem.Of(error);
        Result<DeviceDetail> device = await service.GetAsync(caller.Actor, made.Value.Id, cancellationToken);
        if (device.Error is { } gone)
            return ApiProblem.Of(gone);
        context.Response.TellVersion(device.Value.Version);
        return TypedResults.Created($"{ManagementApi.Prefix}/devices/{made.Value.Id}", new NewDeviceAnswer(device.Value, made.Value.Secret));
    }

    private static async Task<IResult> GetAsync(ApiCaller caller, HttpContext context, Guid id, DeviceService service, CancellationToken cancellationToken)
    {
        Result<DeviceDetail> device = await service.GetAsync(caller.Actor, id, cancellationToken);
        if (device.Succeeded)
            context.Response.TellVersion(device.Value.Version);
        return device.Ok(found => new DeviceDetailAnswer(found));
    }

    private static async Task<IResult> ChangeAsync(
        ApiCaller caller, HttpContext context, Guid id, [FromBody] ChangeDeviceBody body, DeviceService service, CancellationToken cancellationToken)
    {
        Result<DeviceDetail> now = await service.GetAsync(caller.Actor, id, cancellationToken);
        if (now.Error is { } error)
            return ApiProblem.Of(error);
        long? expected = context.Request.ExpectedVersion();
        Result<DeviceInput> input = body.ToInput(DeviceInput.Of(now.Value));
        if (input.Error is { } fault)
            return ApiProblem.Of(fault);
        // What is not named is meant to stay as it was read just now.
        Result changed = await service.ChangeAsync(caller.Actor, id, input.Value, expected ?? now.Value.Version, cancellationToken);
        if (changed.Error is { } refused)
            return ApiProblem.Of(refused == DeviceDesk.Conflict && expected is not null ? ApiResults.VersionConflict : refused);
        return await GetAsync(caller, context, id, service, cancellationToken);
    }
}
