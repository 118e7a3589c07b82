using Microsoft.AspNetCore.Mvc;
using ProxyPortal.Core;
using ProxyPortal.Links;
using ProxyPortal.Management;

namespace ProxyPortal.Devices;

/// <summary>What is done to a device in the management API.</summary>
internal static class DeviceActsApi
{
    private const int MostOverlapHours = 24 * 365;

    public static void MapDeviceActs(this RouteGroupBuilder devices)
    {
        devices.MapPost("/devices/{id:guid}/approve", ApproveAsync).WithName("approveDevice").WithSummary("Approve a request").TakesQuery().Produces<DeviceDetailAnswer>();
        devices.MapPost("/devices/{id:guid}/decline", DeclineAsync).WithName("declineDevice").WithSummary("Decline a request, with a reason").TakesQuery().Produces<DeviceDetailAnswer>();
        devices.MapPost("/devices/{id:guid}/revoke", RevokeAsync).WithName("revokeDevice").WithSummary("End a device for good").TakesQuery().Produces<DeviceDetailAnswer>();
        devices.MapPost("/devices/{id:guid}/pause", PauseAsync).WithName("pauseDevice").WithSummary("Have a device refused until it is resumed").TakesQuery().Produces<DeviceDetailAnswer>();
        devices.MapPost("/devices/{id:guid}/resume", ResumeAsync).WithName("resumeDevice").WithSummary("Let a paused device work again").TakesQuery().Produces<DeviceDetailAnswer>();
        devices.MapPost("/devices/{id:guid}/rotate", RotateAsync).WithName("rotateDevice")
            .WithSummary("A new secret, in this answer only; the old one works on for overlapHours, as far as the policy allows").TakesQuery().Produces<RotatedDeviceAnswer>();
        devices.MapPost("/devices/{id:guid}/pairing-link", PairAsync).WithName("pairDevice")
            .WithSummary("A link that gives out a new secret once, to whoever opens it on the device").TakesQuery().Produces<PairingLinkAnswer>();
        devices.MapPost("/devices/decide", DecideAsync).WithName("decideDevices").WithSummary("Approve or decline many requests").TakesQuery().Produces<DecisionsAnswer>();
    }

    private static async Task<IResult> ApproveAsync(
        ApiCaller caller, HttpContext context, Guid id, [FromBody] ReasonBody? body, DeviceDecisionService decisions, DeviceService service, CancellationToken cancellationToken) =>
        await TellAsync(caller, context, id, await decisions.ApproveAsync(caller.Actor, id, body?.Reason, cancellationToken), service, cancellationToken);

    private static async Task<IResult> DeclineAsync(
        ApiCaller caller, HttpContext context, Guid id, [FromBody] ReasonBody? body, DeviceDecisionService decisions, DeviceService service, CancellationToken cancellationToken) =>
        await TellAsync(caller, context, id, await decisions.DeclineAsync(caller.Actor, id, body?.Reason, cancellationToken), service, cancellationToken);

    private static async Task<IResult> RevokeAsync(
        ApiCaller caller, HttpContext context, Guid id, [FromBody] ReasonBody? body, DeviceDecisionService decisions, DeviceService service, CancellationToken cancellationToken) =>
        await TellAsync(caller, context, id, await decisions.RevokeAsync(caller.Actor, id, body?.Reason, cancellationToken), service, cancellationToken);

    private static async Task<IResult> PauseAsync(
        ApiCaller caller, HttpContext context, Guid id, DeviceDecisionService decisions, DeviceService service, CancellationToken cancellationToken) =>
        await TellAsync(caller, context, id, await decisions.PauseAsync(caller.Actor, id, cancellationToken), service, cancellationToken);

    private static async Task<IResult> ResumeAsync(
        ApiCaller caller, HttpContext context, Guid id, DeviceDecisionService decisions, DeviceService service, CancellationToken cancellationToken) =>
        await TellAsync(caller, context, id, await decisions.ResumeAsync(caller.Actor, id, cancellationToken), service, cancellationToken);

    private static async Task<IResult> RotateAsync(ApiCaller caller, Guid id, [FromBody] RotateBody? body, DeviceSecretService secrets, CancellationToken cancellationToken) =>
        body?.OverlapHours is < 0 or > MostOverlapHours
            ? ApiProblem.Of(new Error("overlapHours_invalid", $"overlapHours is a number from 0 to {MostOverlapHours}; the policy may allow less.", "overlapHours"))
            : (await secrets.RotateAsync(caller.Actor, id, body?.OverlapHours is { } hours ? TimeSpan.FromHours(hours) : null, cancellationToken))
                .Ok(issued => new RotatedDeviceAnswer(issued.Id, issued.Name, issued.Login, issued.Secret, issued.FormerUntil));

    private static async Task<IResult> PairAsync(ApiCaller caller, Guid id, DeviceSecretService secrets, CancellationToken cancellationToken) =>
        (await secrets.IssuePairingLinkAsync(caller.Actor, id, cancellationToken)).Ok((IssuedLink link) => new PairingLinkAnswer(link.Url, link.ExpiresAt));

    private static async Task<IResult> DecideAsync(ApiCaller caller, [FromBody] DecideBody body, DeviceDecisionService decisions, CancellationToken cancellationToken)
    {
        if (body.Decision is not ("approve" or "decline"))
            return ApiProblem.Of(new Error("decision_invalid", "decision is approve or decline.", "decision"));
        return (await decisions.DecideAsync(caller.Actor, body.Ids ?? [], body.Decision == "approve", body.Reason, cancellationToken)).Ok(outcomes =>
            new DecisionsAnswer([.. outcomes.Select(outcome => new DecisionAnswer(outcome.Id, outcome.Error is null, outcome.Error?.Code, outcome.Error?.Message))]));
    }

    private static async Task<IResult> TellAsync(ApiCaller caller, HttpContext context, Guid id, Result result, DeviceService service, CancellationToken cancellationToken)
    {
        Result<DeviceDetail> device = result.Error is { } refused ? refused : await service.GetAsync(caller.Actor, id, cancellationToken);
        if (device.Succeeded)
            context.Response.TellVersion(device.Value.Version);
        return device.Ok(found => new DeviceDetailAnswer(found));
    }
}
