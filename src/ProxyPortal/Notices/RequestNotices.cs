using Microsoft.EntityFrameworkCore;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Notices;

/// <summary>Who is told of requests for groups and for access: those who decide that one waits, and who asked what was decided.</summary>
internal static class RequestNotices
{
    public static async Task<IEnumerable<NoticeDraft>> OfAsync(PortalDbContext db, AuditEntry entry, string key, CancellationToken cancellationToken)
    {
        if (await db.AccessRequests.AsNoTracking().Include(row => row.User).Include(row => row.Group).SingleOrDefaultAsync(row => row.Id == entry.TargetId, cancellationToken) is not { } request)
            return [];
        if (entry.Action == AuditAction.RequestMade)
        {
            var values = new NoticeValues(request.Group?.Name ?? request.Mail, entry.At, request.User?.DisplayName ?? request.Name, Word: request.Reason);
            return (await DecidersAsync(db, request, cancellationToken)).Select(id => new NoticeDraft(id, NoticeKind.RequestWaits, $"{key}:{id}", values));
        }
        // Who has no account yet is told by the mail that brings it.
        return request is { Kind: RequestKind.Group, UserId: { } asker } && asker != entry.ActorId
            ? [new NoticeDraft(asker, NoticeKind.RequestDecided, key, new NoticeValues(request.Group!.Name, entry.At, entry.ActorName, Word: request.DecisionReason, Yes: entry.Action == AuditAction.RequestAccepted))]
            : [];
    }

    // To decide is to edit users: administrators do.
    private static async Task<IReadOnlyList<Guid>> DecidersAsync(PortalDbContext db, AccessRequest request, CancellationToken cancellationToken) =>
        await db.Users.Where(user => user.Role == PortalRole.Administrator && user.Id != request.UserId && user.SuspendedAt == null && user.DeletedAt == null)
            .Select(user => user.Id).ToListAsync(cancellationToken);
}
