namespace ProxyPortal.Verification.Throttling;

/// <summary>Tells administrators whose password is not even compared now where it comes from unknown addresses.</summary>
public sealed class ThrottledUsers
{
    private readonly AttemptThrottle _throttle;
    private readonly AttemptPlaces _places;

    internal ThrottledUsers(AttemptThrottle throttle, AttemptPlaces places) => (_throttle, _places) = (throttle, places);

    /// <param name="userId">Folded user-id.</param>
    /// <param name="passwordVersion">Of the present password: a new one starts anew.</param>
    public bool Includes(string userId, long passwordVersion) => _throttle.IsClosed(_places.OfCredential(userId, passwordVersion));
}
