using System.Collections.Concurrent;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification.Passwords;

namespace ProxyPortal.Verification;

/// <summary>
/// Everyone and everything verification knows, in memory. Readers take no lock; a change replaces one entry, whatever the number of
/// users. Only <see cref="DirectoryIndexLoader"/> writes.
/// </summary>
internal sealed class DirectoryIndex
{
    private readonly ConcurrentDictionary<string, UserModel> _users = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, UserModel>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly ConcurrentDictionary<Guid, string> _names = new();
    private volatile CallerTable _callers = CallerTable.Empty;

    private readonly PasswordKinds? _kinds;

    /// <param name="kinds">Told of every password hash that comes or goes.</param>
    public DirectoryIndex(PasswordKinds? kinds = null) => (_byName, _kinds) = (_users.GetAlternateLookup<ReadOnlySpan<char>>(), kinds);

    public CallerTable Callers => _callers;

    public int UserCount => _names.Count;

    /// <summary>The user of a folded user-id, or null.</summary>
    public UserModel? FindUser(ReadOnlySpan<char> userId) => _byName.TryGetValue(userId, out UserModel? user) ? user : null;

    /// <summary>The ids of all members of any of <paramref name="groups"/>. Looks at everyone: for rare changes.</summary>
    public IEnumerable<Guid> MembersOf(IReadOnlySet<string> groups) =>
        groups.Count == 0 ? [] : _users.Values.Where(user => user.Access.Groups.Any(groups.Contains)).Select(user => user.Id);

    public void Put(UserModel user)
    {
        if (_names.TryGetValue(user.Id, out string? former) && former != user.UserId)
            Release(former, user.Id);
        if (_users.TryGetValue(user.UserId, out UserModel? before) && before.Id == user.Id)
            KeepMarks(user, before);
        _users[user.UserId] = user;
        _kinds?.Change(before?.PasswordHash, user.PasswordHash);
        _names[user.Id] = user.UserId;
    }

    public void Remove(Guid userId)
    {
        if (_names.TryRemove(userId, out string? name))
            Release(name, userId);
    }

    public void Replace(CallerTable callers) => _callers = callers;

    /// <summary>Drops every user that is not in <paramref name="present"/>: the end of a full load into a used index.</summary>
    public void RemoveAllBut(IReadOnlySet<Guid> present)
    {
        foreach (Guid id in _names.Keys.Where(id => !present.Contains(id)))
            Remove(id);
    }

    // The marks in the database are up to a minute old, those in memory are not.
    private static void KeepMarks(UserModel user, UserModel before)
    {
        if (before.LastUsedAt > user.LastUsedAt)
            user.MarkUsed(before.LastUsedAt);
        foreach (DeviceModel device in user.Devices)
        {
            if (before.FindDevice(device.Name) is { } same && same.Id == device.Id && same.LastUsedAt > device.LastUsedAt)
                device.MarkUsed(same.LastUsedAt);
        }
    }

    // The name may be someone else's by now: two renames can cross.
    private void Release(string name, Guid owner)
    {
        if (!_users.TryGetValue(name, out UserModel? holder) || holder.Id != owner)
            return;
        _users.TryRemove(name, out _);
        _kinds?.Change(holder.PasswordHash, null);
    }
}
