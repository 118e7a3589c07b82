using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;

namespace ProxyPortal.Users;

/// <summary>Users by the hundred, read and written without being tracked. They are written within <see cref="PortalDbContext.SaveAllOrNothingAsync"/>; what tells of them,
/// audit entries and the feed, goes with the next save in it.</summary>
internal sealed class UserRows
{
    private readonly PortalDbContext _db;
    private readonly RowEdits _edits;
    private readonly RowEdits _devices;
    private readonly Dictionary<Guid, Guid[]> _memberships = [];

    private UserRows(PortalDbContext db) => (_db, _edits, _devices) = (db, new RowEdits(db.Users.EntityType), new RowEdits(db.Devices.EntityType));

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<User> Users { get; private set; } = [];

    /// <summary>Reads users, and of what hangs on them what is asked for; those who are gone are left out.</summary>
    public static async Task<UserRows> ReadAsync(PortalDbContext db, IReadOnlyCollection<Guid> ids, bool withGroups, bool withDevices, CancellationToken cancellationToken)
    {
        var rows = new UserRows(db) { Users = await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).OrderBy(user => user.Id).ToListAsync(cancellationToken) };
        if (withGroups)
            await rows.ReadGroupsAsync(ids, cancellationToken);
        if (withDevices)
            await rows.ReadDevicesAsync(ids, cancellationToken);
        foreach (User user in rows.Users)
            rows._edits.Remember(user);
        return rows;
    }

    /// <summary>Inserts new users with their memberships.</summary>
    public static async Task InsertAsync(PortalDbContext db, IReadOnlyList<User> users, CancellationToken cancellationToken)
    {
        db.FeedUsers(users);
        await db.InsertAsync(db.Users.EntityType, users, cancellationToken);
        await db.InsertAsync(Members(db), [.. users.SelectMany(user => user.Groups, (user, group) => Member(user, group.Id))], cancellationToken);
    }

    /// <summary>Saves what was changed in users that were read, in their memberships and their devices; each of them gets the next version.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Someone else changed one of them since they were read.</exception>
    public async Task UpdateAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<User> changed = [.. Users.Where(IsChanged)];
        _db.FeedUsers(changed);
        foreach (User user in changed)
        {
            user.Version = _edits.Was<long>(user, nameof(User.Version)) + 1;
            if (user.PasswordVersion != _edits.Was<long>(user, nameof(User.PasswordVersion)) && _edits.Was<string>(user, nameof(User.PasswordHash)) is { } hash)
                _db.FormerSecrets.Add(FormerSecretTracker.Password(user, hash, now));
        }
        await _edits.SaveAsync(_db, changed, cancellationToken);
        await _devices.SaveAsync(_db, changed.SelectMany(user => user.Devices), cancellationToken);
        IEntityType members = Members(_db);
        await _db.DeleteAsync(members, [.. changed.SelectMany(user => Before(user).Except(user.Groups.Select(group => group.Id)), Member)], cancellationToken);
        await _db.InsertAsync(members, [.. changed.SelectMany(user => user.Groups.Select(group => group.Id).Except(Before(user)), Member)], cancellationToken);
    }

    private bool IsChanged(User user) => _edits.IsChanged(user) || user.Devices.Exists(_devices.IsChanged) || !Before(user).ToHashSet().SetEquals(user.Groups.Select(group => group.Id));

    private async Task ReadGroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ILookup<Guid, Guid> memberships = (await _db.Users.Where(user => ids.Contains(user.Id)).SelectMany(user => user.Groups, (user, group) => new { user.Id, GroupId = group.Id })
            .ToListAsync(cancellationToken)).ToLookup(row => row.Id, row => row.GroupId);
        Guid[] used = [.. memberships.SelectMany(row => row).Distinct()];
        Dictionary<Guid, Group> groups = used.Length == 0 ? [] : await _db.Groups.AsNoTracking().Where(group => used.Contains(group.Id)).ToDictionaryAsync(group => group.Id, cancellationToken);
        foreach (User user in Users)
        {
            user.Groups.AddRange(memberships[user.Id].Where(groups.ContainsKey).Select(id => groups[id]));
            _memberships[user.Id] = [.. user.Groups.Select(group => group.Id)];
        }
    }

    private async Task ReadDevicesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ILookup<Guid, Device> devices = (await _db.Devices.AsNoTracking().Where(device => ids.Contains(device.UserId)).ToListAsync(cancellationToken)).ToLookup(device => device.UserId);
        foreach (User user in Users)
        {
            user.Devices.AddRange(devices[user.Id]);
            user.Devices.ForEach(_devices.Remember);
        }
    }

    private Guid[] Before(User user) => _memberships.GetValueOrDefault(user.Id, []);

    private static IEntityType Members(PortalDbContext db) => db.Model.FindEntityType("group_members")!;

    private static object Member(User user, Guid group) => new Dictionary<string, object> { ["UsersId"] = user.Id, ["GroupsId"] = group };
}
