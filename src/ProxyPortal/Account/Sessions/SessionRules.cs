using ProxyPortal.Users;

namespace ProxyPortal.Account.Sessions;

/// <summary>How long a session lives, and what ends it.</summary>
internal static class SessionRules
{
    public static TimeSpan PendingLifetime { get; } = TimeSpan.FromMinutes(15);

    public static TimeSpan RoleLifetime { get; } = TimeSpan.FromHours(8);

    public static TimeSpan RoleIdle { get; } = TimeSpan.FromMinutes(30);

    public static TimeSpan UserLifetime { get; } = TimeSpan.FromHours(12);

    public static TimeSpan KeptLifetime { get; } = TimeSpan.FromDays(30);

    /// <summary>Changing credentials asks for a proof not older than this.</summary>
    public static TimeSpan ProofLifetime { get; } = TimeSpan.FromMinutes(5);

    public static bool IsFresh(DateTimeOffset? provedAt, DateTimeOffset now) => now - provedAt <= ProofLifetime;

    public static TimeSpan LifetimeOf(User user, SignInStage stage, bool keep) =>
        stage is SignInStage.Pending ? PendingLifetime
        : user.Role is not PortalRole.None ? RoleLifetime
        : keep ? KeptLifetime : UserLifetime;

    public static bool IsLive(SignInSession session, User user, DateTimeOffset now) =>
        session.ExpiresAt > now
        && (user.Role is PortalRole.None || now - session.LastSeenAt <= RoleIdle)
        && string.Equals(session.SecurityStamp, user.SecurityStamp ?? "", StringComparison.Ordinal)
        && RefusalOf(user, now) is null
        // Whatever way a session came about: one that owes a second factor opens nothing.
        && (session.Stage is SignInStage.Pending || session.SecondFactor || !user.NeedsSecondFactor);

    /// <summary>Why the account may not sign in, to be said only to one who proved to be its owner; null when it may.</summary>
    public static string? RefusalOf(User user, DateTimeOffset now) =>
        user.DeletedAt is not null ? "This account was deleted. Ask your administrator."
        : user.SuspendedAt is not null ? "This account is suspended. Ask your administrator."
        : user.ValidFrom > now ? "This account is not valid yet. Ask your administrator."
        : user.ValidUntil <= now ? "This account has expired. Ask your administrator."
        : null;
}
