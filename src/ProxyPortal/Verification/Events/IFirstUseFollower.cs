namespace ProxyPortal.Verification.Events;

/// <summary>Learns, by and by, who was let through: what begins with the first use begins here, off the path of verification.</summary>
public interface IFirstUseFollower
{
    /// <param name="firstUses">The earliest acceptance of each user since the last time, UTC ticks. What throws is told again later.</param>
    /// <param name="cancellationToken">Ends the work; it is told again.</param>
    Task FollowAsync(IReadOnlyCollection<KeyValuePair<Guid, long>> firstUses, CancellationToken cancellationToken);
}
