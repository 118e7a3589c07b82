using ProxyPortal.Core;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Proxies;

/// <summary>What may be set of a caller key.</summary>
internal static class CallerKeyRules
{
    public const int MostNetworks = 64;

    /// <summary>Every scope there is; none of them is needed to verify. A scope is offered together with the call that asks for it, and there is none yet.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [];

    /// <summary>Hours for which the keys before a new one go on working, unless said otherwise.</summary>
    public const int UsualOverlapHours = 24;

    public const int LongestOverlapHours = 24 * 30;

    public static Error? Check(CallerKeyInput input, DateTimeOffset now)
    {
        if (input.Networks.Count > MostNetworks)
            return new Error("networks_invalid", $"At most {MostNetworks} networks.", "networks");
        if (SourceNetworks.Parse(input.Networks, "networks").Error is { } network)
            return network;
        if (input.Scopes.Any(scope => !Scopes.Contains(scope, StringComparer.Ordinal)))
            return new Error("scopes_invalid", Scopes.Count == 0 ? "Keys have no scopes yet: every key may verify, and nothing else." : $"The scopes are: {string.Join(", ", Scopes)}.", "scopes");
        return input.ExpiresAt <= now ? new Error("expiresAt_invalid", "The end must lie in the future. To end a key now, revoke it.", "expiresAt") : null;
    }

    /// <summary>Until when the present keys work when a new one takes their place.</summary>
    public static Error? CheckOverlap(int hours) =>
        hours is >= 0 and <= LongestOverlapHours ? null : new Error("overlapHours_invalid", $"The overlap is a whole number of hours from 0 to {LongestOverlapHours}.", "overlapHours");
}
