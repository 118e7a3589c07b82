using ProxyPortal.Core;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Devices;

/// <param name="Name">The part behind <c>+</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Note">For those who administer it.</param>
/// <param name="Guest">Lent to a visitor until <paramref name="ExpiresAt"/>.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Endpoints">Names of endpoints; none = those of its user.</param>
/// <param name="Networks">Addresses and prefixes; none = no rule of its own.</param>
/// <param name="Schemes">Registered names; none = no rule of its own.</param>
/// <param name="Requested">It waits until somebody approves it.</param>
/// <param name="Reason">Why it is asked for.</param>
internal sealed record NewDeviceBody(
    string? Name, DeviceKind? Kind, string? Note, bool? Guest, DateTimeOffset? ExpiresAt, IReadOnlyList<string?>? Endpoints, IReadOnlyList<string?>? Networks,
    IReadOnlyList<string?>? Schemes, bool? Requested, string? Reason)
{
    public Result<DeviceInput> ToInput()
    {
        Result<AuthSchemes?> schemes = BodySchemes.Read(Schemes);
        return schemes.Error is { } fault ? fault : new DeviceInput
        {
            Name = Name ?? "",
            Kind = Kind ?? DeviceKind.Other,
            Note = Note,
            IsGuest = Guest ?? false,
            ExpiresAt = ExpiresAt,
            Endpoints = BodyTexts.Read(Endpoints),
            Networks = BodyTexts.Read(Networks),
            Schemes = schemes.Value,
            Reason = Reason,
        };
    }
}

/// <summary>Fields that are left out stay as they are; null clears.</summary>
internal sealed record ChangeDeviceBody(
    Given<DeviceKind?> Kind, Given<string> Note, Given<bool?> Guest, Given<DateTimeOffset?> ExpiresAt, Given<IReadOnlyList<string?>> Endpoints,
    Given<IReadOnlyList<string?>> Networks, Given<IReadOnlyList<string?>> Schemes)
{
    public Result<DeviceInput> ToInput(DeviceInput now)
    {
        Result<AuthSchemes?> schemes = Schemes.IsNamed ? BodySchemes.Read(Schemes.Value) : now.Schemes;
        return schemes.Error is { } fault ? fault : now with
        {
            Kind = Kind.Or(now.Kind) ?? DeviceKind.Other,
            Note = Note.Or(now.Note),
            IsGuest = Guest.Or(now.IsGuest) ?? false,
            ExpiresAt = ExpiresAt.Or(now.ExpiresAt),
            Endpoints = BodyTexts.Read(Endpoints.Or(now.Endpoints)),
            Networks = BodyTexts.Read(Networks.Or(now.Networks)),
            Schemes = schemes.Value,
        };
    }
}

internal sealed record ReasonBody(string? Reason);

/// <param name="OverlapHours">How long the old secret works beside the new one; left out = as long as the policy says.</param>
internal sealed record RotateBody(int? OverlapHours);

/// <param name="Ids">The requests.</param>
/// <param name="Decision"><c>approve</c> or <c>decline</c>.</param>
/// <param name="Reason">Needed to decline.</param>
internal sealed record DecideBody(IReadOnlyList<Guid>? Ids, string? Decision, string? Reason);

internal static class BodyTexts
{
    /// <summary>A null among texts is an empty one, which every rule refuses.</summary>
    public static IReadOnlyList<string> Read(IReadOnlyList<string?>? texts) => [.. (texts ?? []).Select(text => text ?? "")];
}

internal static class BodySchemes
{
    /// <summary>The schemes of a list of registered names; none = no rule. Errors: <c>schemes_invalid</c>.</summary>
    public static Result<AuthSchemes?> Read(IReadOnlyList<string?>? names)
    {
        if (names is not { Count: > 0 })
            return default(AuthSchemes?);
        AuthSchemes all = AuthSchemes.None;
        foreach (string? name in names)
        {
            if (!AuthScheme.TryParse(name, out AuthSchemes scheme))
                return new Error("schemes_invalid", $"schemes are names among {string.Join(", ", AuthScheme.Names(AuthScheme.Verifiable))}.", "schemes");
            all |= scheme;
        }
        return all;
    }
}
