using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Data;
using ProxyPortal.Overview.Needs;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>Announced changes whose time has come, or whose old way nobody goes any more.</summary>
internal sealed class AnnouncementsNeed : INeedSource
{
    // What is carried out by itself has its minutes to be.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public Permission Needs => Permission.EditPublications;

    public async Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Announcement> open = await db.Announcements.AsNoTracking().Where(row => row.RetiredAt == null).OrderBy(row => row.EffectiveAt).ToListAsync(cancellationToken);
        Announcement[] due = [.. open.Where(row => row.EffectiveAt + (row.RetiresByItself ? Grace : TimeSpan.Zero) <= now)];
        if (due.Length > 0)
            return Of(due, due.Length == 1 ? "1 announced change is due" : $"{due.Length} announced changes are due", "the time has come. Carry it out, or choose a later one.", StatusTone.Wrong);
        var left = new List<Announcement>();
        foreach (Announcement row in open.Where(row => !row.RetiresByItself))
        {
            if (!await EndpointUse.Still(db, row, now).AnyAsync(cancellationToken))
                left.Add(row);
        }
        return left.Count == 0 ? null
            : Of(left, left.Count == 1 ? "1 announced change can be carried out" : $"{left.Count} announced changes can be carried out", "nobody has gone the old way for seven days.", StatusTone.Soon);
    }

    private static Need Of(IReadOnlyList<Announcement> rows, string title, string why, StatusTone tone) => new(
        title, $"{string.Join(", ", rows.Select(row => row.EndpointName).Order(StringComparer.Ordinal))}: {why}",
        rows.Count == 1 ? PortalUrls.Announcement(rows[0].Id) : PortalUrls.Announcements, Icons.Material.Outlined.Campaign, tone);
}
