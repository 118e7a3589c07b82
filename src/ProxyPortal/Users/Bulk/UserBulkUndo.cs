using ProxyPortal.Groups;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Bulk;

/// <summary>A user as they were before a change, and the version that the change gave them.</summary>
internal sealed record UserBefore(
    Guid Id, DateTimeOffset? ValidUntil, DateTimeOffset? SuspendedAt, DateTimeOffset? DeletedAt, bool MustChangePassword, List<string> Tags, Guid[]? Groups)
{
    public long VersionAfter { get; set; }

    public static UserBefore Of(User user, UserBulkChange change) => new(
        user.Id, user.ValidUntil, user.SuspendedAt, user.DeletedAt, user.MustChangePassword, user.Tags, change.NeedsGroups ? [.. user.Groups.Select(group => group.Id)] : null);

    /// <summary>Whether going back to it may keep the user from signing in.</summary>
    public bool TakesAccess(User user) => (SuspendedAt is not null && user.SuspendedAt is null) || (DeletedAt is not null && user.DeletedAt is null)
        || (ValidUntil is { } end && (user.ValidUntil is null || end < user.ValidUntil));

    /// <summary>Brings the user back to it, unless something else was changed since.</summary>
    public UserBulkResult Restore(User user, UserBulkChange change, IReadOnlyDictionary<Guid, Group> groups)
    {
        if (user.Version != VersionAfter)
            return UserBulkResult.Skipped("Was changed since, and stays as it is.");
        (user.ValidUntil, user.SuspendedAt, user.DeletedAt, user.MustChangePassword, user.Tags) = (ValidUntil, SuspendedAt, DeletedAt, MustChangePassword, Tags);
        foreach (Devices.Device device in change.NeedsDevices ? user.Devices.Where(device => device.SecretRevokedAt == change.Now) : [])
            device.SecretRevokedAt = null;
        if (Groups is not null)
            UserFields.JoinOnly(user, [.. Groups.Where(groups.ContainsKey).Select(id => groups[id])]);
        return UserBulkResult.Changed;
    }
}

/// <summary>All that a bulk change changed.</summary>
internal sealed record UserBulkUndo(UserBulkChange Change, IReadOnlyDictionary<Guid, UserBefore> Users) : UserJobUndo;
