using System.Reflection;

namespace ProxyPortal.Publishing.Guides;

/// <summary>A guide as it came with the portal.</summary>
internal sealed record ShippedGuide(string Slug, string Language, string Title, string Text, int Position);

/// <summary>The guides that ship. Each is shown until the organisation has one of its own of the same name and language.</summary>
internal static class ShippedGuides
{
    private const string Folder = "guides/";

    // In the order in which people need them.
    private static readonly string[] Order =
    [
        "first-steps-windows", "first-steps-macos", "first-steps-linux", "first-steps-iphone", "first-steps-android", "password-expired", "device-not-approved", "what-a-407-is",
    ];

    public static IReadOnlyList<ShippedGuide> All { get; } = [.. Read().OrderBy(guide => guide.Position).ThenBy(guide => guide.Language, StringComparer.Ordinal)];

    public static ShippedGuide? Find(string slug, string language) => All.FirstOrDefault(guide => guide.Slug == slug && guide.Language == language);

    private static IEnumerable<ShippedGuide> Read()
    {
        Assembly portal = typeof(ShippedGuides).Assembly;
        foreach (string name in portal.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(portal.GetManifestResourceStream(name)!);
            string[] parts = name[Folder.Length..].Split('/');
            string slug = Path.GetFileNameWithoutExtension(parts[1]);
            // The first line is the title, as in any Markdown file.
            string title = reader.ReadLine()!.TrimStart('#', ' ');
            yield return new ShippedGuide(slug, parts[0], title, reader.ReadToEnd().ReplaceLineEndings("\n").Trim() + "\n", Array.IndexOf(Order, slug) + 1);
        }
    }
}
