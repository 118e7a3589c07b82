using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>How a device was last presented.</summary>
internal sealed record DeviceUse(long At, string? Address, RejectionReason Reason, long? AcceptedAt);

/// <summary>When a user was let through, first and last within the time that was looked at, UTC ticks.</summary>
internal readonly record struct UserUse(long FirstAt, long LastAt)
{
    public UserUse With(UserUse other) => new(Math.Min(FirstAt, other.FirstAt), Math.Max(LastAt, other.LastAt));
}

/// <summary>Who was let through, and how which device was presented, since somebody last asked: at most one entry for each.</summary>
internal sealed class LastUses : IEventFollower
{
    private readonly Lock _sync = new();
    private Dictionary<Guid, UserUse> _users = [];
    private Dictionary<Guid, DeviceUse> _devices = [];

    public void Follow(in EventFold fold)
    {
        if (fold.User is not { } user)
            return;
        lock (_sync)
        {
            if (fold.IsAccepted)
                Merge(user.Id, new UserUse(fold.FirstAt, fold.LastAt));
            if (fold.Device is { } device)
                Merge(device.Id, new DeviceUse(fold.LastAt, fold.Source?.ToString(), fold.TrueReason, fold.IsAccepted ? fold.LastAt : null));
        }
    }

    public void FollowLost(RejectionReason reason, long count)
    {
        // Of nobody in particular.
    }

    /// <summary>Everything since the last time; whoever takes it gives back what he could not store.</summary>
    public (Dictionary<Guid, UserUse> Users, Dictionary<Guid, DeviceUse> Devices) Take()
    {
        lock (_sync)
        {
            (Dictionary<Guid, UserUse>, Dictionary<Guid, DeviceUse>) taken = (_users, _devices);
            (_users, _devices) = ([], []);
            return taken;
        }
    }

    public void PutBack(IEnumerable<KeyValuePair<Guid, UserUse>> users, IEnumerable<KeyValuePair<Guid, DeviceUse>> devices)
    {
        lock (_sync)
        {
            foreach ((Guid id, UserUse use) in users)
                Merge(id, use);
            foreach ((Guid id, DeviceUse use) in devices)
                Merge(id, use);
        }
    }

    private void Merge(Guid user, UserUse use) => _users[user] = _users.TryGetValue(user, out UserUse other) ? other.With(use) : use;

    private void Merge(Guid device, DeviceUse use)
    {
        DeviceUse? other = _devices.GetValueOrDefault(device);
        DeviceUse latest = other is not null && other.At > use.At ? other : use;
        long? acceptedAt = other?.AcceptedAt > use.AcceptedAt || use.AcceptedAt is null ? other?.AcceptedAt : use.AcceptedAt;
        _devices[device] = latest with { AcceptedAt = acceptedAt };
    }
}
