using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Devices;

/// <summary>A device in a list. <c>state</c> is as the pages show it, by the clock; <c>secretEndedAt</c> says that a policy refuses it all the same; <c>lastOutcome</c> is <c>ok</c> or a reason code.</summary>
internal record DeviceAnswer(
    Guid Id, string Name, string Login, Guid UserId, string User, DeviceKind Kind, bool Guest, string State, string? RequestReason, DateTimeOffset? RequestedAt,
    DateTimeOffset? RequestEndsAt, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset SecretIssuedAt, DateTimeOffset? SecretRevokedAt, DateTimeOffset? LastSeen,
    string? LastAddress, string? LastOutcome, DateTimeOffset? SecretEndedAt)
{
    public static DeviceAnswer Of(DeviceSummary device) => new(
        device.Id, device.Name, device.Login, device.Owner.Id, device.Owner.UserId, device.Kind, device.IsGuest, device.Status.Code(), device.Request?.Reason, device.Request?.At,
        device.Request?.EndsAt, device.CreatedAt, device.ExpiresAt, device.SecretIssuedAt, device.SecretRevokedAt, device.LastUse.AcceptedAt, device.LastUse.Address,
        device.LastUse.Reason?.Code(), device.SecretEndedAt);
}

/// <summary>A device by itself: with its bindings and the last decision.</summary>
internal record DeviceDetailAnswer : DeviceAnswer
{
    public DeviceDetailAnswer(DeviceDetail device) : base(Of(device.Summary))
    {
        (Note, DecidedAt, DecidedBy, DecisionReason) = (device.Note, device.Decision?.At, device.Decision?.By, device.Decision?.Reason);
        (Endpoints, Networks, Schemes) = (device.Endpoints, device.Networks, device.Schemes is { } schemes ? [.. AuthScheme.Names(schemes)] : null);
        (FormerSecretUntil, PairingLinkUntil) = (device.FormerSecretUntil, device.PairingUntil);
    }

    public string? Note { get; }

    public DateTimeOffset? DecidedAt { get; }

    public string? DecidedBy { get; }

    public string? DecisionReason { get; }

    public IReadOnlyList<string> Endpoints { get; }

    public IReadOnlyList<string> Networks { get; }

    public IReadOnlyList<string>? Schemes { get; }

    public DateTimeOffset? FormerSecretUntil { get; }

    public DateTimeOffset? PairingLinkUntil { get; }
}

/// <summary>A device that was just added, with its secret.</summary>
internal sealed record NewDeviceAnswer : DeviceDetailAnswer
{
    public NewDeviceAnswer(DeviceDetail device, string secret) : base(device) => Secret = secret;

    public string Secret { get; }
}

internal sealed record RotatedDeviceAnswer(Guid Id, string Name, string Login, string Secret, DateTimeOffset? FormerSecretUntil);

internal sealed record PairingLinkAnswer(string Link, DateTimeOffset ExpiresAt);

internal sealed record DecisionsAnswer(IReadOnlyList<DecisionAnswer> Results);

/// <summary>What became of one request; <c>code</c> and <c>detail</c> where it was not done.</summary>
internal sealed record DecisionAnswer(Guid Id, bool Done, string? Code, string? Detail);
