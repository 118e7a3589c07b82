using ProxyPortal.Core.Http;

namespace ProxyPortal.Groups;

/// <summary>Where the state of a group and what somebody typed differ.</summary>
internal static class GroupDifferences
{
    public static IEnumerable<EditDifference> Between(GroupInput theirs, GroupDraft draft)
    {
        if (draft.ToInput() is not { Succeeded: true, Value: var mine })
            return [];
        EditDifference[] all =
        [
            new("Name", theirs.Name, mine.Name),
            new("Description", theirs.Description, mine.Description),
            new("Endpoints", string.Join(", ", theirs.Endpoints), string.Join(", ", mine.Endpoints)),
            new("Schemes", Say(theirs.Schemes), Say(mine.Schemes)),
            new("Source networks", string.Join(", ", theirs.Networks), string.Join(", ", mine.Networks)),
            new("Hours", theirs.Hours, mine.Hours),
            new("Time zone", theirs.TimeZone, mine.TimeZone),
            new("Expiry policy", theirs.ExpiryPolicy, mine.ExpiryPolicy),
            new("Own passwords refused", Say(theirs.DeviceSecretsOnly), Say(mine.DeviceSecretsOnly)),
            new("Devices need approval", Say(theirs.DevicesNeedApproval), Say(mine.DevicesNeedApproval)),
            new("May be asked for", Say(theirs.MayBeAskedFor), Say(mine.MayBeAskedFor)),
            new("Devices at once", theirs.DeviceLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture), mine.DeviceLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        return all.Where(row => row.Theirs != row.Mine);
    }

    private static string? Say(AuthSchemes? schemes) => schemes is { } known ? string.Join(", ", AuthScheme.Names(known)) : null;

    private static string Say(bool isSet) => isSet ? "Yes" : "No";
}
