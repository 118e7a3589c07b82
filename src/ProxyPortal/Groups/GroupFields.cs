using ProxyPortal.Core.Http;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Proxies;

namespace ProxyPortal.Groups;

/// <summary>Writes fields that were checked into a group, and tells of them in the audit trail.</summary>
internal static class GroupFields
{
    /// <param name="group">With its endpoints.</param>
    /// <param name="input">Checked by <see cref="GroupInputRules"/>.</param>
    /// <param name="endpoints">Those that the input names.</param>
    /// <param name="policy">The one that the input names.</param>
    /// <returns>Whether the endpoints became others: they stand in a table of their own.</returns>
    public static bool Apply(Group group, GroupInput input, IReadOnlyList<ProxyEndpoint> endpoints, ExpiryPolicy? policy)
    {
        (group.Name, group.Description) = (input.Name, string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim());
        (group.Schemes, group.ExpiryPolicyId) = (input.Schemes, policy?.Id);
        if (!group.Networks.SequenceEqual(input.Networks))
            group.Networks = [.. input.Networks];
        (group.Hours, group.TimeZone) = (input.Hours, input.Hours is null ? null : input.TimeZone ?? "UTC");
        (group.DeviceSecretsOnly, group.DeviceLimit, group.DevicesNeedApproval, group.MayBeAskedFor) = (input.DeviceSecretsOnly, input.DeviceLimit, input.DevicesNeedApproval, input.MayBeAskedFor);
        HashSet<Guid> wanted = [.. endpoints.Select(endpoint => endpoint.Id)];
        int removed = group.Endpoints.RemoveAll(endpoint => !wanted.Contains(endpoint.Id));
        ProxyEndpoint[] added = [.. endpoints.Where(endpoint => group.Endpoints.TrueForAll(row => row.Id != endpoint.Id))];
        group.Endpoints.AddRange(added);
        return removed + added.Length > 0;
    }
}

/// <summary>A group in the audit trail.</summary>
internal sealed record GroupSnapshot(
    string Name, string? Description, string? Schemes, string? ExpiryPolicy, string Endpoints, string Networks, string? Hours, string? TimeZone,
    bool DeviceSecretsOnly, int? DeviceLimit, bool DevicesNeedApproval, bool MayBeAskedFor)
{
    /// <param name="row">With its endpoints.</param>
    /// <param name="policy">The name of its policy.</param>
    public static GroupSnapshot Of(Group row, string? policy) => new(
        row.Name, row.Description, row.Schemes is { } schemes ? string.Join(' ', AuthScheme.Names(schemes)) : null, policy,
        string.Join(' ', row.Endpoints.Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal)),
        string.Join(' ', row.Networks), row.Hours, row.TimeZone, row.DeviceSecretsOnly, row.DeviceLimit, row.DevicesNeedApproval, row.MayBeAskedFor);
}
