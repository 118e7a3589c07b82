using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Sessions;

/// <summary>Claims: in the cookie the session's key alone; in memory, made anew for each request, who it is.</summary>
internal static class SessionPrincipal
{
    public const string KeyClaim = "key";
    public const string SessionClaim = "session";
    public const string ProvedAtClaim = "proved_at";

    /// <summary>How the person proved to be the owner (RFC 8176): <see cref="SecondFactorUsed"/> or <c>pwd</c>.</summary>
    public const string MethodClaim = "amr";
    public const string SecondFactorUsed = "mfa";

    public static ClaimsPrincipal OfKey(string key, string scheme) => new(new ClaimsIdentity([new Claim(KeyClaim, key)], scheme));

    public static ClaimsPrincipal Of(User user, SignInSession session, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, user.UserName!));
        identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
        identity.AddClaim(new Claim(SessionClaim, session.Id.ToString()));
        identity.AddClaim(new Claim(ProvedAtClaim, session.ProvedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(MethodClaim, session.SecondFactor ? SecondFactorUsed : "pwd"));
        // A sign-in that is not finished has no role, even where someone looks at it by mistake.
        if (scheme == IdentityConstants.ApplicationScheme && user.Role is not PortalRole.None)
            identity.AddClaim(new Claim(ClaimTypes.Role, user.Role.ToString()));
        return new ClaimsPrincipal(identity);
    }

    public static Guid? SessionOf(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(SessionClaim), out Guid id) ? id : null;

    public static Guid? UserOf(ClaimsPrincipal? principal) => Guid.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), out Guid id) ? id : null;

    /// <summary>When the person last proved to be the owner; null when the claims do not say.</summary>
    public static DateTimeOffset? ProvedAt(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(ProvedAtClaim), NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public static bool IsFresh(ClaimsPrincipal principal, DateTimeOffset now) => SessionRules.IsFresh(ProvedAt(principal), now);
}
