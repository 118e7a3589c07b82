using ProxyPortal.Core.Http;

namespace ProxyPortal.Groups;

/// <summary>Some fields of a group, from the API or a bootstrap file: what is not named stays.</summary>
internal sealed record GroupPatch
{
    public Given<string> Name { get; init; }

    public Given<string> Description { get; init; }

    public Given<IReadOnlyList<string>> Endpoints { get; init; }

    public Given<AuthSchemes?> Schemes { get; init; }

    public Given<string> ExpiryPolicy { get; init; }

    public Given<IReadOnlyList<string>> Networks { get; init; }

    public Given<string> Hours { get; init; }

    public Given<string> TimeZone { get; init; }

    public Given<bool?> DeviceSecretsOnly { get; init; }

    public Given<int?> DeviceLimit { get; init; }

    public Given<bool?> DevicesNeedApproval { get; init; }

    public Given<bool?> MayBeAskedFor { get; init; }

    public GroupInput Over(GroupInput now) => now with
    {
        Name = Name.Or(now.Name) ?? "",
        Description = Description.Or(now.Description),
        Endpoints = Endpoints.Or(now.Endpoints) ?? [],
        Schemes = Schemes.Or(now.Schemes),
        ExpiryPolicy = ExpiryPolicy.Or(now.ExpiryPolicy),
        Networks = Networks.Or(now.Networks) ?? [],
        Hours = Hours.Or(now.Hours),
        TimeZone = TimeZone.Or(now.TimeZone),
        DeviceSecretsOnly = DeviceSecretsOnly.Or(now.DeviceSecretsOnly) ?? false,
        DeviceLimit = DeviceLimit.Or(now.DeviceLimit),
        DevicesNeedApproval = DevicesNeedApproval.Or(now.DevicesNeedApproval) ?? false,
        MayBeAskedFor = MayBeAskedFor.Or(now.MayBeAskedFor) ?? false,
    };
}
