using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>Who goes the old way, by the verifications that let them through.</summary>
internal static class EndpointUse
{
    /// <summary>Who used it in this time before is told.</summary>
    public static readonly TimeSpan TellsOf = TimeSpan.FromDays(90);

    /// <summary>Who did not use it for so long does not use it any more.</summary>
    public static readonly TimeSpan StillUses = TimeSpan.FromDays(7);

    /// <summary>Uses of an endpoint since then, or of some schemes there.</summary>
    public static IQueryable<VerificationEvent> Of(PortalDbContext db, Guid endpoint, AuthSchemes schemes, DateTimeOffset since) => db.VerificationEvents.Where(one =>
        one.EndpointId == endpoint && one.FirstAt >= since && one.Reason == RejectionReason.None && one.UserId != null && (schemes == AuthSchemes.None || (one.Scheme & schemes) != AuthSchemes.None));

    /// <summary>Those who are told of an announcement.</summary>
    public static IQueryable<Guid> Told(PortalDbContext db, Announcement announcement) =>
        Of(db, announcement.EndpointId ?? Guid.Empty, announcement.EndingSchemes, announcement.CreatedAt - TellsOf).Select(one => one.UserId!.Value).Distinct();

    /// <summary>Those who still go the old way.</summary>
    public static IQueryable<Guid> Still(PortalDbContext db, Announcement announcement, DateTimeOffset now) =>
        Of(db, announcement.EndpointId ?? Guid.Empty, announcement.EndingSchemes, now - StillUses).Select(one => one.UserId!.Value).Distinct();
}
