using System.Text.RegularExpressions;
using ProxyPortal.Core;
using ProxyPortal.Languages;
using ProxyPortal.Users;

namespace ProxyPortal.Publishing.Guides;

/// <summary>What a guide's fields may hold, whoever sends them.</summary>
internal static partial class GuideInputRules
{
    public const int LastPosition = 10_000;

    // A page of the portal has this name.
    private const string Reserved = "manage";

    /// <summary>The first fault, by field.</summary>
    public static Error? Check(GuideInput input) => CheckTitle(input.Title) ?? CheckText(input.Text) ?? CheckPosition(input.Position);

    public static Error? CheckName(string slug, string language) =>
        slug.Length is 0 or > GuideConfiguration.SlugLength || !Slug().IsMatch(slug) || slug == Reserved
            ? new Error("slug_invalid", $"The name in the address has 1 to {GuideConfiguration.SlugLength} small letters, digits and hyphens between them, as in first-steps.", "slug")
            : PortalLanguages.All.ContainsKey(language) && language.All(char.IsAsciiLetterLower) ? null
            : new Error("language_invalid", $"Guides are written in one of {string.Join(", ", PortalLanguages.All.Keys)}.", "language");

    private static Error? CheckTitle(string title) =>
        title.Trim().Length is > 0 and <= GuideConfiguration.TitleLength && !title.Any(char.IsControl) && UserInputRules.IsText(title) ? null
            : new Error("title_invalid", $"A title has 1 to {GuideConfiguration.TitleLength} characters on one line.", "title");

    private static Error? CheckText(string text) =>
        string.IsNullOrWhiteSpace(text) ? new Error("text_invalid", "Write a text.", "text")
        : GuideMarkdown.Check(text) ?? (UserInputRules.IsText(text) ? null : new Error("text_invalid", "The text holds control characters or half characters, which nobody can read.", "text"));

    private static Error? CheckPosition(int position) =>
        position is >= 0 and <= LastPosition ? null : new Error("position_invalid", $"A position is a whole number from 0 to {LastPosition}.", "position");

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
