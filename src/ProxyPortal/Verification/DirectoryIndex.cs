using ProxyPortal.Core.Verification;
using ProxyPortal.Verification.Passwords;

namespace ProxyPortal.Verification;

/// <summary>
/// Everyone and everything verification knows, in memory. Readers take no lock; a change replaces one entry, whatever the number of
/// users. Only <see cref="DirectoryIndexLoader"/> writes.
/// </summary>
internal sealed class DirectoryIndex
{
    private readonly UserTable _byName = new();
    private readonly Dictionary<Guid, UserModel> _byId = [];
    private readonly Lock _writing = new();
    private volatile CallerTable _callers = CallerTable.Empty;

    private readonly PasswordKinds? _kinds;

    /// <param name="kinds">Told of every password hash that comes or goes.</param>
    public DirectoryIndex(PasswordKinds? kinds = null) => _kinds = kinds;

    public CallerTable Callers => _callers;

    public int UserCount => _byId.Count;

    /// <summary>Everyone at this moment, for questions about all of them.</summary>
    public UserModel[] Snapshot()
    {
        lock (_writing)
            return [.. _byId.Values];
    }

    /// <summary>The user of a folded user-id, or null.</summary>
    public UserModel? FindUser(ReadOnlySpan<char> userId) => _byName.Find(userId);

    public void Put(UserModel user)
    {
        lock (_writing)
        {
            if (_byId.TryGetValue(user.Id, out UserModel? former) && former.UserId != user.UserId)
                Release(former);
            UserModel? before = _byName.Find(user.UserId);
            if (before?.Id == user.Id)
                KeepMarks(user, before);
            _byName.Put(user);
            _kinds?.Change(before?.PasswordHash, user.PasswordHash);
            _byId[user.Id] = user;
        }
    }

    /// <summary>Puts everyone into an empty index at once. Tables that are filled one by one point from everywhere to what is young, and
    /// every collection of garbage meanwhile would have to go through all of them.</summary>
    public void Fill(IReadOnlyCollection<UserModel> users)
    {
        lock (_writing)
        {
            _byName.Reserve(users.Count);
            _byId.EnsureCapacity(users.Count);
            foreach (UserModel user in users)
                Put(user);
        }
    }

    public void Remove(Guid userId)
    {
        lock (_writing)
        {
            if (_byId.Remove(userId, out UserModel? user))
                Release(user);
        }
    }

    public void Replace(CallerTable callers) => _callers = callers;

    /// <summary>Drops every user that is not in <paramref name="present"/>: the end of a full load into a used index.</summary>
    public void RemoveAllBut(IReadOnlySet<Guid> present)
    {
        lock (_writing)
        {
            foreach (Guid id in _byId.Keys.Where(id => !present.Contains(id)).ToList())
                Remove(id);
        }
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
    private void Release(UserModel user)
    {
        if (_byName.Find(user.UserId) is not { } holder || holder.Id != user.Id)
            return;
        _byName.Remove(user.UserId);
        _kinds?.Change(holder.PasswordHash, null);
    }
}
