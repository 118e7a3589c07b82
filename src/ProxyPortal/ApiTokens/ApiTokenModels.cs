using ProxyPortal.Access;

namespace ProxyPortal.ApiTokens;

/// <summary>Whether a token opens anything now.</summary>
public enum ApiTokenState
{
    Valid = 0,
    Expired = 1,
    Revoked = 2,
}

/// <summary>A token as it is shown: everything but the token.</summary>
/// <param name="Id">Its resource id.</param>
/// <param name="Name">Unique among tokens, revoked ones too.</param>
/// <param name="Hint">How it begins.</param>
/// <param name="Scopes">As in <see cref="ApiScopes"/>.</param>
/// <param name="State">Computed by the clock.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="CreatedBy">Who made it; null for one of a bootstrap file.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null = never.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="LastUsedAt">The last call, exact to a minute.</param>
public sealed record ApiTokenSummary(
    Guid Id, string Name, string Hint, IReadOnlyList<string> Scopes, ApiTokenState State, DateTimeOffset CreatedAt, string? CreatedBy,
    DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

/// <summary>What a new token shall be.</summary>
/// <param name="Name">Small letters, digits, dot, hyphen, underscore; at most 64.</param>
/// <param name="Scopes">At least one of <see cref="ApiScopes.All"/>.</param>
/// <param name="ExpiresAt">A time to come; null = never.</param>
public sealed record ApiTokenInput(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);

/// <summary>A new token.</summary>
/// <param name="Summary">What stays visible of it.</param>
/// <param name="Token">The token itself: told now and never again.</param>
public sealed record CreatedApiToken(ApiTokenSummary Summary, string Token);
