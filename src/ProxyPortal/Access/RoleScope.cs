using ProxyPortal.Audit;
using ProxyPortal.Devices;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Access;

/// <summary>The users whom an actor sees and touches: everyone, or the members of the groups to which the role is limited. Whoever asks for
/// users, or for what belongs to them, asks through this; what lies outside is not there.</summary>
public sealed class RoleScope
{
    private readonly List<Guid>? _groups;

    private RoleScope(List<Guid>? groups) => _groups = groups;

    public static RoleScope Everyone { get; } = new(null);

    /// <summary>Whether some users lie outside.</summary>
    public bool IsLimited => _groups is not null;

    /// <param name="groups">Ids; a group that is gone has no members.</param>
    public static RoleScope MembersOf(IEnumerable<Guid> groups) => new([.. groups]);

    /// <summary>Those of <paramref name="users"/> who lie inside, and the actor.</summary>
    public IQueryable<User> Of(IQueryable<User> users, Guid? own) =>
        _groups is null ? users : users.Where(user => user.Id == own || user.Groups.Any(group => _groups.Contains(group.Id)));

    /// <summary>Those of <paramref name="users"/> who lie inside.</summary>
    public IQueryable<User> Of(IQueryable<User> users) => _groups is null ? users : users.Where(user => user.Groups.Any(group => _groups.Contains(group.Id)));

    /// <summary>Those of <paramref name="devices"/> whose users lie inside, and the actor's own.</summary>
    public IQueryable<Device> Of(IQueryable<Device> devices, Guid? own) =>
        _groups is null ? devices : devices.Where(device => device.UserId == own || device.User!.Groups.Any(group => _groups.Contains(group.Id)));

    /// <summary>Those of <paramref name="entries"/> that are about users who lie inside.</summary>
    public IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries, IQueryable<User> users)
    {
        if (_groups is null)
            return entries;
        IQueryable<User> inside = Of(users);
        return entries.Where(entry => entry.TargetKind == "user" && inside.Any(user => user.Id == entry.TargetId));
    }

    /// <summary>Those of <paramref name="events"/> that are about users who lie inside.</summary>
    public IQueryable<VerificationEvent> Of(IQueryable<VerificationEvent> events, IQueryable<User> users)
    {
        if (_groups is null)
            return events;
        IQueryable<User> inside = Of(users);
        return events.Where(one => inside.Any(user => user.Id == one.UserId));
    }
}
