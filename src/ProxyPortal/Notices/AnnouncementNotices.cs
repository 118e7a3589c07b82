using Microsoft.EntityFrameworkCore;
using ProxyPortal.Audit;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Publishing.Announcements;

namespace ProxyPortal.Notices;

/// <summary>Who is told of a planned change: those who went the old way lately, and when they are reminded those who still do.</summary>
internal static class AnnouncementNotices
{
    public static async Task<IEnumerable<NoticeDraft>> OfAsync(PortalDbContext db, AuditEntry entry, string key, CancellationToken cancellationToken)
    {
        if (await db.Announcements.AsNoTracking().Include(row => row.Replacement).SingleOrDefaultAsync(row => row.Id == entry.TargetId && row.RetiredAt == null, cancellationToken) is not { } row)
            return [];
        IQueryable<Guid> whom = entry.Action == AuditAction.ChangeAnnounced ? EndpointUse.Told(db, row) : EndpointUse.Still(db, row, entry.At);
        // The new address is told where it is seen: not everyone who uses the old may know of it.
        var values = new NoticeValues(row.EndpointName, row.EffectiveAt, Word: row.Comment, Other: row.EndingSchemes is AuthSchemes.None ? null : string.Join(", ", AuthScheme.Names(row.EndingSchemes)));
        return (await whom.ToListAsync(cancellationToken)).Select(id => new NoticeDraft(id, NoticeKind.EndpointChanges, $"{key}:{id}", values));
    }
}
