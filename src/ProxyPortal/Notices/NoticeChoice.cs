using ProxyPortal.Users;

namespace ProxyPortal.Notices;

/// <summary>What a person may choose about notices, and what not.</summary>
internal static class NoticeChoice
{
    /// <summary>Whoever took the account over would turn them off first.</summary>
    public static bool IsAlwaysMailed(NoticeKind kind) => kind is NoticeKind.PasswordChanged or NoticeKind.MailAddressChanged or NoticeKind.SecondFactorChanged
        or NoticeKind.ApiTokenCreated or NoticeKind.NewPasswordRequired;

    public static bool IsMuted(this User user, NoticeKind kind) => !IsAlwaysMailed(kind) && (user.MutedNotices & (1L << (int)kind)) != 0;

    /// <summary>Whether it can wait until the daily mail, where the person wants one.</summary>
    public static bool Waits(this User user, NoticeKind kind) => user.NoticeDigest && !IsAlwaysMailed(kind) && kind is not NoticeKind.NewSignIn;
}
