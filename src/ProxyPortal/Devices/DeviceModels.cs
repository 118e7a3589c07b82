using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

/// <summary>A device as lists show it.</summary>
/// <param name="Id">The device.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Name">The part behind <c>+</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsGuest">Lent to a visitor until <paramref name="ExpiresAt"/>.</param>
/// <param name="Status">By the clock.</param>
/// <param name="Request">What was asked for and not approved; null once it was approved, and for what nobody had to ask for.</param>
/// <param name="CreatedAt">When it was added or asked for.</param>
/// <param name="ExpiresAt">When it ends; null = never.</param>
/// <param name="SecretIssuedAt">Since when its present secret is in use.</param>
/// <param name="SecretRevokedAt">When the secret was withdrawn; null = it was not.</param>
/// <param name="LastUse">What became of it when it was last presented.</param>
public sealed record DeviceSummary(
    Guid Id, DeviceOwner Owner, string Name, DeviceKind Kind, bool IsGuest, DeviceStatus Status, DeviceRequest? Request, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset SecretIssuedAt, DateTimeOffset? SecretRevokedAt, DeviceLastUse LastUse)
{
    /// <summary>The last one; null when there was none.</summary>
    public DeviceDecision? Decision { get; init; }

    /// <summary>What is typed to the proxy: <c>alice+laptop</c>.</summary>
    public string Login => Owner.LoginOf(Name);

    /// <summary>When a policy ended the secret of this device, which is approved otherwise; null = none did.</summary>
    public DateTimeOffset? SecretEndedAt { get; init; }
}

/// <summary>Whose a device is.</summary>
public sealed record DeviceOwner(Guid Id, string UserId, string DisplayName, PortalRole Role)
{
    public string LoginOf(string device) => $"{UserId}{LoginName.DeviceSeparator}{device}";
}

/// <summary>A request for a device.</summary>
/// <param name="Reason">Why, as its owner says.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="EndsAt">When it lapses undecided.</param>
public sealed record DeviceRequest(string? Reason, DateTimeOffset? At, DateTimeOffset EndsAt);

/// <summary>The last time a device was presented to a proxy.</summary>
/// <param name="AcceptedAt">When it was last let through; null = never.</param>
/// <param name="Address">Where it was last presented from.</param>
/// <param name="Reason">What became of that; None = let through, null = never presented.</param>
public sealed record DeviceLastUse(DateTimeOffset? AcceptedAt, string? Address, RejectionReason? Reason);

/// <summary>Who approved, declined, paused, resumed or revoked a device, when and why.</summary>
public sealed record DeviceDecision(DateTimeOffset At, string? By, string? Reason);

/// <summary>A device as its own page shows it.</summary>
/// <param name="Summary">What lists show.</param>
/// <param name="Note">For those who administer it.</param>
/// <param name="Endpoints">Names of the endpoints it may be used at, the id of one that is gone; empty = those of its user.</param>
/// <param name="Networks">Networks it may come from; empty = no rule of its own.</param>
/// <param name="Schemes">Schemes it may be used with; null = no rule of its own.</param>
/// <param name="FormerSecretUntil">Until when the secret before this one still works; null = it does not.</param>
/// <param name="PairingUntil">Until when a pairing link waits to be opened; null = none does.</param>
/// <param name="Version">For a later change.</param>
public sealed record DeviceDetail(
    DeviceSummary Summary, string? Note, IReadOnlyList<string> Endpoints, IReadOnlyList<string> Networks, AuthSchemes? Schemes,
    DateTimeOffset? FormerSecretUntil, DateTimeOffset? PairingUntil, long Version)
{
    public Guid Id => Summary.Id;

    public DeviceDecision? Decision => Summary.Decision;

    public string Login => Summary.Login;
}

/// <summary>What may be set of a device. The name is set once: it is half of what is typed to the proxy, so that another name is another device.</summary>
public sealed record DeviceInput
{
    public string Name { get; init; } = "";

    public DeviceKind Kind { get; init; }

    public string? Note { get; init; }

    /// <summary>Lent to a visitor; needs <see cref="ExpiresAt"/>.</summary>
    public bool IsGuest { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Names of endpoints; empty = those of its user.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Addresses and prefixes; empty = no rule of its own.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Null = no rule of its own.</summary>
    public AuthSchemes? Schemes { get; init; }

    /// <summary>Why it is asked for; needed where somebody has to approve it.</summary>
    public string? Reason { get; init; }

    /// <summary>What holds now, to change a part of it.</summary>
    public static DeviceInput Of(DeviceDetail device) => new()
    {
        Name = device.Summary.Name,
        Kind = device.Summary.Kind,
        Note = device.Note,
        IsGuest = device.Summary.IsGuest,
        ExpiresAt = device.Summary.ExpiresAt,
        Endpoints = device.Endpoints,
        Networks = device.Networks,
        Schemes = device.Schemes,
    };
}

/// <summary>A device's new secret: shown once.</summary>
/// <param name="Id">The device.</param>
/// <param name="Name">The part behind <c>+</c>.</param>
/// <param name="Login">What is typed to the proxy.</param>
/// <param name="Secret">What is typed as its password.</param>
/// <param name="Status">Whether it works at once or waits for approval.</param>
/// <param name="FormerUntil">Until when the secret before it works too; null = it does not.</param>
public sealed record IssuedDeviceSecret(Guid Id, string Name, string Login, string Secret, DeviceStatus Status, DateTimeOffset? FormerUntil = null);

/// <summary>The registry's question. <see cref="Sort"/> is one of <see cref="SortFields"/>; pages count from 0.</summary>
public sealed record DeviceQuery(
    string? Search = null, DeviceStatus? Status = null, DeviceKind? Kind = null, Guid? UserId = null, string? Sort = null, bool Descending = false, int Page = 0, int PageSize = 25)
{
    public const int LargestPage = 200;

    /// <summary><see cref="SortFields"/> as one text, for attributes.</summary>
    public const string Sorts = "name user lastSeen createdAt expiresAt";

    public static IReadOnlyList<string> SortFields { get; } = Sorts.Split(' ');
}

/// <summary>What was decided about one of several requests; <paramref name="Error"/> is null where it was done.</summary>
public sealed record DeviceOutcome(Guid Id, ProxyPortal.Core.Error? Error);
