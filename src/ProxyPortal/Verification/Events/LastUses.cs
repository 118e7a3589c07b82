using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>How a device was last presented.</summary>
internal sealed record DeviceUse(long At, string? Address, RejectionReason Reason, long? AcceptedAt);

/// <summary>Who was let through, and how which device was presented, since somebody last asked: at most one entry for each.</summary>
internal sealed class LastUses : IEventFollower
{
    private readonly Lock _sync = new();
    private Dictionary<Guid, long> _users = [];
    private Dictionary<Guid, DeviceUse> _devices = [];

    public void Follow(in EventFold fold)
    {
        if (fold.User is not { } user)
            return;
        lock (_sync)
        {
            if (fold.IsAccepted)
                _users[user.Id] = Math.Max(fold.LastAt, _users.GetValueOrDefault(user.Id));
            if (fold.Device is { } device)
                Merge(device.Id, new DeviceUse(fold.LastAt, fold.Source?.ToString(), fold.TrueReason, fold.IsAccepted ? fold.LastAt : null));
        }
    }

    public void FollowLost(RejectionReason reason, long count)
    {
        // Of nobody in particular.
    }

    public (Dictionary<Guid, long> Users, Dictionary<Guid, DeviceUse> Devices) Take()
    {
        lock (_sync)
        {
            (Dictionary<Guid, long>, Dictionary<Guid, DeviceUse>) taken = (_users, _devices);
            (_users, _devices) = ([], []);
            return taken;
        }
    }

    public void PutBack(IReadOnlyDictionary<Guid, long> users, IReadOnlyDictionary<Guid, DeviceUse> devices)
    {
        lock (_sync)
        {
            foreach ((Guid id, long at) in users)
                _users[id] = Math.Max(at, _users.GetValueOrDefault(id));
            foreach ((Guid id, DeviceUse use) in devices)
                Merge(id, use);
        }
    }

    private void Merge(Guid device, DeviceUse use)
    {
        DeviceUse? other = _devices.GetValueOrDefault(device);
        DeviceUse latest = other is not null && other.At > use.At ? other : use;
        long? acceptedAt = other?.AcceptedAt > use.AcceptedAt || use.AcceptedAt is null ? other?.AcceptedAt : use.AcceptedAt;
        _devices[device] = latest with { AcceptedAt = acceptedAt };
    }
}
