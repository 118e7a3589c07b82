using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Publishing.Guides;

/// <summary>A guide that readers may find.</summary>
internal sealed record PublishedGuide(string Slug, string Language, string Title, string Text, GuideVisibility Visibility, int Position);

/// <summary>The guides that are published, in memory: those of the organisation, and the shipped ones that it has not replaced.</summary>
internal sealed class PublishedGuides : IPublicationFollower
{
    private volatile IReadOnlyList<PublishedGuide> _all = [];

    /// <summary>In the order of the list. Another list whenever anything was published.</summary>
    public IReadOnlyList<PublishedGuide> All => _all;

    public async Task ReloadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Guides.AsNoTracking().Select(guide => new
        {
            guide.Slug,
            guide.Language,
            guide.Visibility,
            guide.Position,
            Published = guide.Versions.Where(version => version.Number == guide.PublishedNumber).Select(version => new { version.Title, version.Text }).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        var own = rows.Select(row => (row.Slug, row.Language)).ToHashSet();
        _all =
        [
            .. rows.Where(row => row.Published is not null).Select(row => new PublishedGuide(row.Slug, row.Language, row.Published!.Title, row.Published.Text, row.Visibility, row.Position))
                .Concat(ShippedGuides.All.Where(guide => !own.Contains((guide.Slug, guide.Language)))
                    .Select(guide => new PublishedGuide(guide.Slug, guide.Language, guide.Title, guide.Text, GuideVisibility.Everyone, guide.Position)))
                .OrderBy(guide => guide.Position).ThenBy(guide => guide.Slug, StringComparer.Ordinal),
        ];
    }
}
