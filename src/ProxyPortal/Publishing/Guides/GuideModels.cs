namespace ProxyPortal.Publishing.Guides;

/// <summary>Where a guide stands between writing and reading.</summary>
public enum GuideState
{
    /// <summary>Came with the portal; the organisation has none of its own.</summary>
    Shipped = 0,

    /// <summary>Readers see none of its versions.</summary>
    Draft = 1,

    /// <summary>Readers see the newest version.</summary>
    Published = 2,

    /// <summary>Readers see an older version than the newest.</summary>
    Changed = 3,
}

/// <summary>What makes a guide out of its name: what can be changed.</summary>
public sealed record GuideInput
{
    public string Title { get; init; } = "";

    /// <summary>Markdown with placeholders.</summary>
    public string Text { get; init; } = "";

    public GuideVisibility Visibility { get; init; }

    /// <summary>Its place in the list, from 0.</summary>
    public int Position { get; init; }
}

/// <summary>A guide in the list of those who write.</summary>
/// <param name="Slug">Its name in the address.</param>
/// <param name="Language">Two letters.</param>
/// <param name="Title">Of the newest version.</param>
/// <param name="State">What readers see of it.</param>
/// <param name="Visibility">Who may read it.</param>
/// <param name="Position">Its place in the list.</param>
/// <param name="Broken">How many placeholders of what readers see stand for nothing (any more).</param>
/// <param name="SavedAt">When the newest version was saved; null for a shipped one.</param>
/// <param name="SavedBy">By whom.</param>
public sealed record GuideSummary(
    string Slug, string Language, string Title, GuideState State, GuideVisibility Visibility, int Position, int Broken, DateTimeOffset? SavedAt, string? SavedBy);

/// <summary>One saved text of a guide.</summary>
public sealed record GuideVersionInfo(int Number, string Title, DateTimeOffset SavedAt, string SavedBy);

/// <summary>The text that stands in a version.</summary>
public sealed record GuideVersionText(int Number, string Title, string Text);

/// <summary>A guide for those who write.</summary>
/// <param name="Slug">Its name in the address.</param>
/// <param name="Language">Two letters.</param>
/// <param name="State">What readers see of it.</param>
/// <param name="Fields">As the newest version has them.</param>
/// <param name="Versions">From the newest; none of a shipped one.</param>
/// <param name="PublishedNumber">Which one readers see.</param>
/// <param name="Version">To tell whether somebody changed it meanwhile; 0 for a shipped one.</param>
public sealed record GuideDetail(
    string Slug, string Language, GuideState State, GuideInput Fields, IReadOnlyList<GuideVersionInfo> Versions, int? PublishedNumber, long Version);
