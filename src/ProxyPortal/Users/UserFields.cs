using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Groups;

namespace ProxyPortal.Users;

/// <summary>Owner and groups of an input, found in the database.</summary>
internal sealed record UserRelations(Guid? OwnerId, IReadOnlyList<Group>? Groups);

/// <summary>Writes checked input into a user, for everyone who does: pages, API, import.</summary>
internal static class UserFields
{
    public static User Create(string userId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = userId,
        NormalizedUserName = userId,
        DisplayName = "",
        CreatedAt = now,
        SecurityStamp = Guid.CreateVersion7().ToString(),
        LockoutEnabled = false,
    };

    /// <summary>Errors: <c>owner_unknown</c>, <c>groups_unknown</c>, <c>roleGroups_invalid</c>.</summary>
    public static async Task<Result<UserRelations>> FindRelationsAsync(PortalDbContext db, UserInput input, Guid? self, CancellationToken cancellationToken)
    {
        Guid? owner = null;
        if (!string.IsNullOrWhiteSpace(input.Owner))
        {
            string? name = LoginName.Fold(input.Owner.Trim(), out _);
            owner = await db.Users.Where(user => user.NormalizedUserName == name && user.DeletedAt == null && user.Kind == UserKind.Person && user.Id != self)
                .Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancellationToken);
            if (owner is null)
                return new Error("owner_unknown", "Give the user-id of a person who has an account here.", "owner");
        }
        Guid[] limits = [.. input.RoleGroups.Distinct()];
        if (limits.Length > 0 && await db.Groups.CountAsync(group => limits.Contains(group.Id), cancellationToken) != limits.Length)
            return new Error("roleGroups_invalid", "Choose groups that exist.", "roleGroups");
        if (input.Groups is not { } names)
            return new UserRelations(owner, null);
        List<Group> groups = await db.Groups.Where(group => names.Contains(group.Name)).ToListAsync(cancellationToken);
        return names.Except(groups.Select(group => group.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown
            ? new Error("groups_unknown", unknown is { Length: <= GroupConfiguration.NameLength } ? $"There is no group {unknown}." : "There is no such group.", "groups")
            : new UserRelations(owner, groups);
    }

    public static void Apply(User user, UserInput input, UserRelations relations, ILookupNormalizer normalizer)
    {
        string name = input.DisplayName.Trim();
        user.DisplayName = name.Length > 0 ? name : user.UserName!;
        user.Email = string.IsNullOrWhiteSpace(input.Email) ? null : input.Email.Trim();
        user.NormalizedEmail = normalizer.NormalizeEmail(user.Email);
        (user.Kind, user.Role) = (input.Kind, input.Role);
        // An administrator's role has no limits, and who has no role needs none.
        List<Guid> roleGroups = input.Role is PortalRole.Operator or PortalRole.Auditor ? [.. input.RoleGroups.Distinct()] : [];
        if (!user.RoleGroups.SequenceEqual(roleGroups))
            user.RoleGroups = roleGroups;
        (user.ValidFrom, user.ValidUntil, user.DaysFromFirstUse) = (input.ValidFrom?.ToUniversalTime(), input.ValidUntil?.ToUniversalTime(), input.DaysFromFirstUse);
        user.Notes = string.IsNullOrWhiteSpace(input.Notes) ? null : input.Notes.Trim();
        user.Tags = [.. UserTags.Fold(input.Tags).Value];
        user.OwnerId = relations.OwnerId;
        if (relations.Groups is not null)
            JoinOnly(user, relations.Groups);
    }

    /// <summary>Makes the user a member of these groups and no other.</summary>
    /// <returns>Whether something changed. The version tells it too: memberships stand in a table of their own.</returns>
    public static bool JoinOnly(User user, IReadOnlyCollection<Group> groups)
    {
        int left = user.Groups.RemoveAll(group => groups.All(kept => kept.Id != group.Id));
        List<Group> joined = [.. groups.Where(group => user.Groups.All(present => present.Id != group.Id))];
        user.Groups.AddRange(joined);
        return left + joined.Count > 0;
    }
}
