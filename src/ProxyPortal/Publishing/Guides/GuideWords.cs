using ProxyPortal.Components.Theme;

namespace ProxyPortal.Publishing.Guides;

/// <summary>How the state of a guide is said and shown to those who write.</summary>
internal static class GuideWords
{
    public static string Text(GuideState state) => state switch
    {
        GuideState.Shipped => "Shipped",
        GuideState.Draft => "Draft",
        GuideState.Published => "Published",
        GuideState.Changed => "Published, newer draft",
    };

    public static StatusTone Tone(GuideState state) => state switch
    {
        GuideState.Shipped or GuideState.Draft => StatusTone.Neutral,
        GuideState.Published => StatusTone.Well,
        GuideState.Changed => StatusTone.Soon,
    };

    public static string Text(GuideVisibility visibility) => visibility switch
    {
        GuideVisibility.Everyone => "Everyone",
        GuideVisibility.SignedIn => "Who is signed in",
    };

    /// <summary>What readers see, in a sentence.</summary>
    public static string Situation(GuideDetail guide) => guide.State switch
    {
        GuideState.Shipped => "It came with the portal. Edit it to make it your own: readers see it as it is until you publish a change.",
        GuideState.Draft => "Nobody reads it yet.",
        GuideState.Published => $"Readers see version {guide.PublishedNumber}, the newest.",
        GuideState.Changed => $"Readers see version {guide.PublishedNumber}; the newest is {guide.Versions[0].Number}.",
    };

    public static string Broken(int count) => count == 1 ? "1 broken placeholder" : $"{count} broken placeholders";
}
