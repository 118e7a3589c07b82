using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>
/// Users by name, for one writer at a time and any number of readers that take no lock: open addressing over an array of references, at
/// most half full. 16 bytes a user, where a concurrent dictionary takes 60. A slot changes by one atomic write; a bigger array is
/// published whole.
/// </summary>
internal sealed class UserTable
{
    private const int SmallestSize = 16;

    // Where a user was removed: a search has to go on behind it.
    private static readonly UserModel Gone = new()
    {
        Id = Guid.Empty,
        UserId = "",
        PasswordVersion = 0,
        PasswordHash = null,
        Suspended = true,
        Access = SharedAccess.OfNoGroup,
    };

    private volatile UserModel?[] _slots = new UserModel?[SmallestSize];
    private int _taken;
    private int _count;

    public UserModel? Find(ReadOnlySpan<char> userId)
    {
        UserModel?[] slots = _slots;
        UserModel? found = Volatile.Read(ref slots[SlotOf(slots, userId)]);
        // Between the two reads the slot may have been emptied, or filled with another name: then the name asked for is not here.
        return found is not null && !ReferenceEquals(found, Gone) && userId.SequenceEqual(found.UserId) ? found : null;
    }

    /// <summary>Adds the user, or replaces the one of the same name.</summary>
    public void Put(UserModel user)
    {
        if (2 * (_taken + 1) > _slots.Length)
            Rebuild(2 * (_count + 1));
        UserModel?[] slots = _slots;
        int slot = SlotOf(slots, user.UserId);
        if (slots[slot] is null)
        {
            _taken++;
            _count++;
        }
        Volatile.Write(ref slots[slot], user);
    }

    /// <summary>Makes room for so many more.</summary>
    public void Reserve(int users) => Rebuild(_count + users);

    public void Remove(ReadOnlySpan<char> userId)
    {
        UserModel?[] slots = _slots;
        int slot = SlotOf(slots, userId);
        if (slots[slot] is null)
            return;
        Volatile.Write(ref slots[slot], Gone);
        _count--;
    }

    /// <summary>The slot that holds this name, or the empty one where it would go.</summary>
    private static int SlotOf(UserModel?[] slots, ReadOnlySpan<char> userId)
    {
        int mask = slots.Length - 1;
        // Keyed anew in every process: nobody can choose names that fall together.
        int slot = string.GetHashCode(userId) & mask;
        while (Volatile.Read(ref slots[slot]) is { } user && (ReferenceEquals(user, Gone) || !userId.SequenceEqual(user.UserId)))
            slot = (slot + 1) & mask;
        return slot;
    }

    // What was removed is left out, and the array is half full with so many users at most.
    private void Rebuild(int users)
    {
        int size = SmallestSize;
        while (size < 2 * (users + 1))
            size *= 2;
        var slots = new UserModel?[size];
        foreach (UserModel? user in _slots)
        {
            if (user is not null && !ReferenceEquals(user, Gone))
                slots[SlotOf(slots, user.UserId)] = user;
        }
        _taken = _count;
        _slots = slots;
    }
}
