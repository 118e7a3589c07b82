using System.Globalization;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Groups;

/// <summary>A group as it is being typed.</summary>
public sealed class GroupDraft
{
    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public HashSet<string> Endpoints { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the group has a rule about schemes at all.</summary>
    public bool LimitsSchemes { get; set; }

    public AuthSchemes Schemes { get; set; } = AuthScheme.Verifiable;

    /// <summary>Empty = none.</summary>
    public string ExpiryPolicy { get; set; } = "";

    /// <summary>One to a line.</summary>
    public string? Networks { get; set; }

    public string? Hours { get; set; }

    public string TimeZone { get; set; } = "UTC";

    public bool DeviceSecretsOnly { get; set; }

    public string? DeviceLimit { get; set; }

    public bool DevicesNeedApproval { get; set; }

    public bool MayBeAskedFor { get; set; }

    public static GroupDraft Of(GroupInput group)
    {
        var draft = new GroupDraft
        {
            Name = group.Name,
            Description = group.Description,
            LimitsSchemes = group.Schemes is not null,
            Schemes = group.Schemes ?? AuthScheme.Verifiable,
            ExpiryPolicy = group.ExpiryPolicy ?? "",
            Networks = string.Join('\n', group.Networks),
            Hours = group.Hours,
            TimeZone = group.TimeZone ?? "UTC",
            DeviceSecretsOnly = group.DeviceSecretsOnly,
            DeviceLimit = group.DeviceLimit?.ToString(CultureInfo.InvariantCulture),
            DevicesNeedApproval = group.DevicesNeedApproval,
            MayBeAskedFor = group.MayBeAskedFor,
        };
        draft.Endpoints.UnionWith(group.Endpoints);
        return draft;
    }

    /// <summary>The fields, or the one in which no number stands.</summary>
    public Result<GroupInput> ToInput()
    {
        int limit = 0;
        if (!string.IsNullOrWhiteSpace(DeviceLimit) && !int.TryParse(DeviceLimit.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out limit))
            return GroupInputRules.CheckDeviceLimit(-1)!;
        string? hours = string.IsNullOrWhiteSpace(Hours) ? null : Hours.Trim();
        return new GroupInput
        {
            Name = Name.Trim(),
            Description = Description,
            Endpoints = [.. Endpoints.Order(StringComparer.Ordinal)],
            Schemes = LimitsSchemes ? Schemes : null,
            ExpiryPolicy = ExpiryPolicy.Length == 0 ? null : ExpiryPolicy,
            Networks = (Networks ?? "").Split(['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Hours = hours,
            TimeZone = hours is null || string.IsNullOrWhiteSpace(TimeZone) ? null : TimeZone.Trim(),
            DeviceSecretsOnly = DeviceSecretsOnly,
            DeviceLimit = string.IsNullOrWhiteSpace(DeviceLimit) ? null : limit,
            DevicesNeedApproval = DevicesNeedApproval,
            MayBeAskedFor = MayBeAskedFor,
        };
    }
}
