using System.Collections.Concurrent;
using ProxyPortal.Access;
using ProxyPortal.Core.Publishing.Guides;
using ProxyPortal.Languages;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Guides;

/// <summary>What a reader asks for.</summary>
/// <param name="Language">Which they read.</param>
/// <param name="NotForReader">What stands in the place of a value that they may not know, in that language.</param>
public sealed record GuideReader(string Language, string NotForReader);

/// <summary>A guide in the list of a reader.</summary>
/// <param name="Slug">Its name in the address.</param>
/// <param name="Language">The language it is there in: the reader's where there is one.</param>
/// <param name="Title">As it is written.</param>
/// <param name="Excerpt">Where the words stand that were looked for; null when nothing was.</param>
public sealed record GuideListEntry(string Slug, string Language, string Title, GuideExcerpt? Excerpt);

/// <summary>A guide as it is read.</summary>
public sealed record GuidePageView(string Slug, string Language, string Title, GuideContent Content);

/// <summary>Guides for whoever reads them: with the values that the reader may know, and no other.</summary>
public sealed class GuideReadingService
{
    private readonly PublishedGuides _published;
    private readonly PublishedEndpoints _endpoints;
    private readonly ConnectService _connect;
    private readonly SettingsService _settings;

    // One for each language.
    private readonly ConcurrentDictionary<GuideReader, Edition> _forStrangers = new();

    internal GuideReadingService(PublishedGuides published, PublishedEndpoints endpoints, ConnectService connect, SettingsService settings) =>
        (_published, _endpoints, _connect, _settings) = (published, endpoints, connect, settings);

    /// <summary>The guides that hold all the words of <paramref name="search"/>, each once, in the language that suits the reader best.</summary>
    public async Task<IReadOnlyList<GuideListEntry>> ListAsync(Actor actor, GuideReader reader, string? search, CancellationToken cancellationToken)
    {
        Edition edition = await EditionOfAsync(actor, reader, cancellationToken);
        IReadOnlyList<string> words = GuideSearch.WordsOf(search);
        return
        [
            .. from versions in Open(edition, actor).GroupBy(guide => guide.Slug)
               let guide = Best(versions, reader.Language)
               let content = words.Count == 0 ? null : edition.Render(guide)
               let excerpt = content is null ? null : GuideSearch.Find(guide.Title, content.Plain, words)
               where words.Count == 0 || excerpt is not null
               select new GuideListEntry(guide.Slug, guide.Language, guide.Title, excerpt),
        ];
    }

    /// <summary>The guide in the reader's language, else in English, else in the one it is there in; null where there is none for this reader.</summary>
    public async Task<GuidePageView?> FindAsync(Actor actor, GuideReader reader, string slug, CancellationToken cancellationToken)
    {
        Edition edition = await EditionOfAsync(actor, reader, cancellationToken);
        return Open(edition, actor).Where(one => one.Slug == slug).ToList() is { Count: > 0 } versions && Best(versions, reader.Language) is var guide && edition.Render(guide) is { } content
            ? new GuidePageView(guide.Slug, guide.Language, guide.Title, content) : null;
    }

    private static IEnumerable<PublishedGuide> Open(Edition edition, Actor actor) =>
        edition.Guides.Where(guide => guide.Visibility is GuideVisibility.Everyone || actor.Id is not null);

    private static PublishedGuide Best(IEnumerable<PublishedGuide> versions, string language) =>
        versions.MinBy(guide => guide.Language == language ? 0 : guide.Language == PortalLanguages.Default.TwoLetterISOLanguageName ? 1 : 2)!;

    private async Task<Edition> EditionOfAsync(Actor actor, GuideReader reader, CancellationToken cancellationToken)
    {
        (IReadOnlyList<PublishedGuide> guides, EffectiveSettings settings) = (_published.All, _settings.Current);
        if (actor.Id is not null)
            return new Edition(guides, settings, await _connect.ListAsync(actor, cancellationToken), reader);
        IReadOnlyList<ConnectEndpoint> endpoints = _endpoints.Public;
        return _forStrangers.TryGetValue(reader, out Edition? edition) && edition.IsOf(guides, settings, endpoints)
            ? edition : _forStrangers[reader] = new Edition(guides, settings, endpoints, reader);
    }

    // What is published, for readers who may know the same and speak the same language. Kept for strangers only: it is theirs together.
    private sealed class Edition(IReadOnlyList<PublishedGuide> guides, EffectiveSettings settings, IReadOnlyList<ConnectEndpoint> endpoints, GuideReader reader)
    {
        private readonly ConcurrentDictionary<PublishedGuide, GuideContent?> _rendered = new(ReferenceEqualityComparer.Instance);
        private readonly GuideValues _values = GuideValues.ForReader(settings, endpoints, reader.NotForReader);

        public IReadOnlyList<PublishedGuide> Guides => guides;

        public bool IsOf(IReadOnlyList<PublishedGuide> otherGuides, EffectiveSettings otherSettings, IReadOnlyList<ConnectEndpoint> otherEndpoints) =>
            ReferenceEquals(guides, otherGuides) && ReferenceEquals(settings, otherSettings) && ReferenceEquals(endpoints, otherEndpoints);

        // One that cannot be shown was not published by this release.
        public GuideContent? Render(PublishedGuide guide) => _rendered.GetOrAdd(guide, one =>
            GuideMarkdown.Render(one.Text, _values, PortalUrls.Guide(one.Slug)) is { Succeeded: true } content ? content.Value : null);
    }
}
