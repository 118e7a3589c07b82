namespace ProxyPortal.Users.Bulk;

/// <summary>The users that somebody ticked on the page, or all that match its filters.</summary>
public sealed class UserSelection
{
    private readonly HashSet<Guid> _ids = [];

    /// <summary>Everyone who matches, on every page.</summary>
    public bool IsEveryone { get; private set; }

    public int Count => _ids.Count;

    public bool IsEmpty => _ids.Count == 0;

    public bool Holds(Guid id) => IsEveryone || _ids.Contains(id);

    public bool HoldsAll(IEnumerable<UserSummary> page) => page.All(user => Holds(user.Id));

    public void Set(IEnumerable<UserSummary> users, bool isSelected)
    {
        // One who is taken out of everyone leaves the others of the page.
        IsEveryone = false;
        foreach (UserSummary user in users)
            _ = isSelected ? _ids.Add(user.Id) : _ids.Remove(user.Id);
    }

    public void SetEveryone() => IsEveryone = true;

    public void Clear()
    {
        IsEveryone = false;
        _ids.Clear();
    }

    public IReadOnlyList<Guid> Ids => [.. _ids];
}
