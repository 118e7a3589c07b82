using ProxyPortal.Audit;

namespace ProxyPortal.Users;

/// <summary>What the audit trail holds of a user.</summary>
internal static class UserAudit
{
    public static AuditTarget Target(User user) => new("user", user.Id, user.UserName!);

    /// <summary>The state to compare with a later one. Groups are those that were loaded; without <paramref name="withGroups"/> they are left out.</summary>
    public static object Snapshot(User user, bool withGroups = true) => new
    {
        user.UserName,
        user.DisplayName,
        user.Email,
        Kind = user.Kind.ToString(),
        Role = user.Role.ToString(),
        RoleGroups = user.RoleGroups.ToArray(),
        user.ValidFrom,
        user.ValidUntil,
        user.DaysFromFirstUse,
        Tags = UserTags.Join(user.Tags),
        Groups = withGroups ? string.Join(", ", user.Groups.Select(group => group.Name).Order(StringComparer.Ordinal)) : null,
        Owner = user.OwnerId,
        user.SuspendedAt,
        user.DeletedAt,
        user.MustChangePassword,
        user.Notes,
    };
}
