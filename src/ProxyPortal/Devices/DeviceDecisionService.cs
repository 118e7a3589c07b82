using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Devices;

/// <summary>What is decided about devices: requests are approved or declined, devices are paused and revoked. Everything counts at the next verification.</summary>
internal sealed class DeviceDecisionService(DeviceDesk desk, DeviceAuthority authority, TimeProvider time)
{
    /// <summary>The most requests that are decided in one act.</summary>
    public const int LargestDecision = 200;

    public static Error NotRequested { get; } = new("not_requested", "This is no request that waits for a decision: somebody decided it already.");

    public static Error NotWorking { get; } = new("not_working", "Only a device that works can be paused.");

    public static Error NotPaused { get; } = new("not_paused", "This device is not paused.");

    public static Error PausedByOthers { get; } = new("paused_by_others", "Your administrators paused this device, so only they can resume it.");

    public static Error Lapsed { get; } = new("request_lapsed", "Nobody decided this request in time. Its owner can ask again.");

    /// <summary>Lets the device in. Errors: <c>not_requested</c>, <c>request_lapsed</c>, <c>device_limit</c>.</summary>
    public Task<Result> ApproveAsync(Actor actor, Guid id, string? reason, CancellationToken cancellationToken) =>
        DecideAsync(actor, id, AuditAction.DeviceApproved, reason, isReasonRequired: false, async on =>
        {
            DateTimeOffset now = time.GetUtcNow();
            if (on.Device.RequestEndsAt <= now || on.Device.ExpiresAt <= now)
                return Lapsed;
            MemberDeviceRules rules = await MemberDeviceRules.OfAsync(on.Db, on.Owner.Id, cancellationToken);
            if (await rules.RequireRoomAsync(on.Db, on.Owner, id, withRequests: false, now, cancellationToken) is { } full)
                return full;
            (on.Device.State, on.Device.RequestEndsAt) = (DeviceState.Approved, null);
            return null;
        }, cancellationToken);

    /// <summary>Turns the request down; its owner reads the reason. Errors: <c>not_requested</c>, <c>reason_required</c>.</summary>
    public Task<Result> DeclineAsync(Actor actor, Guid id, string? reason, CancellationToken cancellationToken) =>
        DecideAsync(actor, id, AuditAction.DeviceDeclined, reason, isReasonRequired: true, on =>
        {
            on.Device.State = DeviceState.Revoked;
            return VoidLinksAsync(on, cancellationToken);
        }, cancellationToken);

    /// <summary>Ends the device, for good: its secret may be in wrong hands. Others of its user are left alone. What is revoked already stays as it is.</summary>
    public Task<Result> RevokeAsync(Actor actor, Guid id, string? reason, CancellationToken cancellationToken) =>
        DeviceInputRules.CheckReason(reason, isRequired: false) is { } fault
            ? Task.FromResult<Result>(fault)
            : desk.ActAsync(actor, id, AuditAction.DeviceRevoked, allowsOwner: true, on =>
            {
                if (on.Device.State is DeviceState.Revoked)
                    return Task.FromResult<Error?>(null);
                on.Device.State = DeviceState.Revoked;
                Note(on.Device, actor, reason);
                return VoidLinksAsync(on, cancellationToken);
            }, cancellationToken);

    /// <summary>Has the device refused until it is resumed: nothing else changes. Errors: <c>not_working</c>.</summary>
    public Task<Result> PauseAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        desk.ActAsync(actor, id, AuditAction.DevicePaused, allowsOwner: true, on =>
        {
            if (on.Device.State is DeviceState.Paused)
                return Task.FromResult<Error?>(null);
            if (DeviceStatuses.Of(time.GetUtcNow(), on.Device.State, on.Device.RequestEndsAt, on.Device.ExpiresAt) is not DeviceStatus.Approved)
                return Task.FromResult<Error?>(NotWorking);
            on.Device.State = DeviceState.Paused;
            Note(on.Device, actor, null);
            return Task.FromResult<Error?>(null);
        }, cancellationToken);

    /// <summary>Lets a paused device work again. Owners resume what they paused themselves. Errors: <c>not_paused</c>, <c>paused_by_others</c>.</summary>
    public Task<Result> ResumeAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        desk.ActAsync(actor, id, AuditAction.DeviceResumed, allowsOwner: true, on =>
        {
            if (on.Device.State is not DeviceState.Paused)
                return Task.FromResult<Error?>(on.Device.State is DeviceState.Approved ? null : NotPaused);
            if (on.Right is DeviceRight.Owner && on.Device.DecidedBy != actor.Name)
                return Task.FromResult<Error?>(PausedByOthers);
            on.Device.State = DeviceState.Approved;
            Note(on.Device, actor, null);
            return Task.FromResult<Error?>(null);
        }, cancellationToken);

    /// <summary>Decides many requests, each for itself: one that cannot be decided leaves the others alone.</summary>
    public async Task<Result<IReadOnlyList<DeviceOutcome>>> DecideAsync(Actor actor, IReadOnlyList<Guid> ids, bool approve, string? reason, CancellationToken cancellationToken)
    {
        if ((await authority.RequireAsync(actor, null, allowsOwner: false, "device requests", cancellationToken)).Error is { } refused)
            return refused;
        if (ids.Count is 0 or > LargestDecision)
            return new Error("ids_invalid", $"Name 1 to {LargestDecision} devices.", "ids");
        if (DeviceInputRules.CheckReason(reason, isRequired: !approve) is { } fault)
            return fault;
        var outcomes = new List<DeviceOutcome>();
        foreach (Guid id in ids.Distinct())
            outcomes.Add(new DeviceOutcome(id, (approve ? await ApproveAsync(actor, id, reason, cancellationToken) : await DeclineAsync(actor, id, reason, cancellationToken)).Error));
        return outcomes;
    }

    private Task<Result> DecideAsync(
        Actor actor, Guid id, string action, string? reason, bool isReasonRequired, Func<DeviceCase, Task<Error?>> decide, CancellationToken cancellationToken) =>
        desk.ActAsync(actor, id, action, allowsOwner: false, async on =>
        {
            if (DeviceInputRules.CheckReason(reason, isReasonRequired) is { } fault)
                return fault;
            if (on.Device.State is not DeviceState.Requested)
                return NotRequested;
            Note(on.Device, actor, reason);
            return await decide(on);
        }, cancellationToken);

    private void Note(Device device, Actor actor, string? reason) =>
        (device.DecidedAt, device.DecidedBy, device.DecisionReason) = (time.GetUtcNow(), actor.Name, DeviceInputRules.Clean(reason));

    // A link that still waits would give out a secret for nothing.
    private static async Task<Error?> VoidLinksAsync(DeviceCase on, CancellationToken cancellationToken)
    {
        on.Db.OneTimeLinks.RemoveRange(await on.Db.OneTimeLinks.Where(link => link.DeviceId == on.Device.Id && link.UsedAt == null).ToListAsync(cancellationToken));
        return null;
    }
}
