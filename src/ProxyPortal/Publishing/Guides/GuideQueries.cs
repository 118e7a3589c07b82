using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Publishing.Guides;
using ProxyPortal.Data;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Reads guides for those who write them, own and shipped ones as one list.</summary>
internal static class GuideQueries
{
    public static IQueryable<GuideVersion> VersionsOf(PortalDbContext db, Guid guide) => db.Set<GuideVersion>().AsNoTracking().Where(version => version.GuideId == guide);

    public static async Task<IReadOnlyList<GuideSummary>> ListAsync(PortalDbContext db, GuideValues values, string? search, CancellationToken cancellationToken)
    {
        var rows = await db.Guides.AsNoTracking().Select(guide => new
        {
            Guide = guide,
            Newest = guide.Versions.OrderByDescending(version => version.Number).First(),
            Published = guide.Versions.Where(version => version.Number == guide.PublishedNumber).Select(version => version.Text).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        IReadOnlyList<string> words = GuideSearch.WordsOf(search);
        return
        [
            .. rows.Where(row => Matches(row.Guide.Slug, row.Newest.Title, row.Newest.Text, words)).Select(row => new GuideSummary(
                    row.Guide.Slug, row.Guide.Language, row.Newest.Title, StateOf(row.Guide.PublishedNumber, row.Newest.Number), row.Guide.Visibility, row.Guide.Position,
                    values.UnknownIn(row.Published ?? row.Newest.Text).Count, row.Newest.SavedAt, row.Newest.SavedBy))
                .Concat(ShippedGuides.All.Where(guide => !rows.Exists(row => row.Guide.Slug == guide.Slug && row.Guide.Language == guide.Language))
                    .Where(guide => Matches(guide.Slug, guide.Title, guide.Text, words))
                    .Select(guide => new GuideSummary(guide.Slug, guide.Language, guide.Title, GuideState.Shipped, GuideVisibility.Everyone, guide.Position, 0, null, null)))
                .OrderBy(guide => guide.Position).ThenBy(guide => guide.Slug, StringComparer.Ordinal).ThenByDescending(guide => guide.Language, StringComparer.Ordinal),
        ];
    }

    public static async Task<GuideDetail?> FindAsync(PortalDbContext db, string slug, string language, CancellationToken cancellationToken)
    {
        Guide? guide = await db.Guides.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug && row.Language == language, cancellationToken);
        if (guide is null)
            return ShippedGuides.Find(slug, language) is not { } shipped ? null : new GuideDetail(
                slug, language, GuideState.Shipped, new GuideInput { Title = shipped.Title, Text = shipped.Text, Position = shipped.Position }, [], null, 0);
        List<GuideVersionInfo> versions = await VersionsOf(db, guide.Id).OrderByDescending(version => version.Number)
            .Select(version => new GuideVersionInfo(version.Number, version.Title, version.SavedAt, version.SavedBy)).ToListAsync(cancellationToken);
        string text = await VersionsOf(db, guide.Id).Where(version => version.Number == versions[0].Number).Select(version => version.Text).SingleAsync(cancellationToken);
        return new GuideDetail(
            slug, language, StateOf(guide.PublishedNumber, versions[0].Number),
            new GuideInput { Title = versions[0].Title, Text = text, Visibility = guide.Visibility, Position = guide.Position }, versions, guide.PublishedNumber, guide.Version);
    }

    public static Task<GuideVersionText?> TextOfAsync(PortalDbContext db, string slug, string language, int number, CancellationToken cancellationToken) =>
        db.Guides.AsNoTracking().Where(guide => guide.Slug == slug && guide.Language == language).SelectMany(guide => guide.Versions)
            .Where(version => version.Number == number).Select(version => new GuideVersionText(version.Number, version.Title, version.Text)).SingleOrDefaultAsync(cancellationToken);

    private static bool Matches(string slug, string title, string text, IReadOnlyList<string> words) => GuideSearch.Find($"{title} {slug}", text, words) is not null;

    private static GuideState StateOf(int? published, int newest) => published is not { } number ? GuideState.Draft : number == newest ? GuideState.Published : GuideState.Changed;
}
