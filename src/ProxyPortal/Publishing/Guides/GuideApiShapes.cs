namespace ProxyPortal.Publishing.Guides;

/// <summary>What a call sets of a new guide. One that ships is made the organisation's own by its name alone.</summary>
internal sealed record NewGuideBody(string Slug, string Language)
{
    /// <summary>Both or none of <see cref="Title"/> and <see cref="Text"/>.</summary>
    public string? Title { get; init; }

    /// <summary>Markdown with placeholders.</summary>
    public string? Text { get; init; }

    public GuideVisibility Visibility { get; init; }

    public int Position { get; init; }

    public bool IsCopy => Title is null && Text is null;

    public GuideInput ToInput() => new() { Title = Title ?? "", Text = Text ?? "", Visibility = Visibility, Position = Position };
}

/// <summary>What a call changes of a guide; what is not named stays. Another title or text is a new version.</summary>
internal sealed record GuidePatch
{
    public Given<string> Title { get; init; }

    public Given<string> Text { get; init; }

    public Given<GuideVisibility?> Visibility { get; init; }

    public Given<int?> Position { get; init; }

    public GuideInput Over(GuideInput now) => now with
    {
        Title = Title.Or(now.Title) ?? "",
        Text = Text.Or(now.Text) ?? "",
        Visibility = Visibility.Or(now.Visibility) ?? GuideVisibility.Everyone,
        Position = Position.Or(now.Position) ?? 0,
    };
}

/// <summary>Which version readers are to see.</summary>
/// <param name="Number">Null = the newest.</param>
internal sealed record PublishGuideBody(int? Number = null);

/// <summary>A guide in answers.</summary>
/// <param name="Slug">Its name in the address.</param>
/// <param name="Language">Two letters.</param>
/// <param name="State">What readers see of it.</param>
/// <param name="Title">Of the newest version.</param>
/// <param name="Text">Of the newest version.</param>
/// <param name="Visibility">Who may read it.</param>
/// <param name="Position">Its place in the list.</param>
/// <param name="PublishedNumber">The version that readers see.</param>
/// <param name="Versions">From the newest, without their texts; none of one that ships.</param>
internal sealed record GuideShape(
    string Slug, string Language, GuideState State, string Title, string Text, GuideVisibility Visibility, int Position, int? PublishedNumber, IReadOnlyList<GuideVersionInfo> Versions)
{
    public static GuideShape Of(GuideDetail guide) => new(
        guide.Slug, guide.Language, guide.State, guide.Fields.Title, guide.Fields.Text, guide.Fields.Visibility, guide.Fields.Position, guide.PublishedNumber, guide.Versions);
}
