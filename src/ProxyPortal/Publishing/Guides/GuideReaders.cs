using System.Globalization;
using Microsoft.Extensions.Localization;
using ProxyPortal.Languages;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Who reads, from the language of the request.</summary>
internal static class GuideReaders
{
    public static GuideReader Of(IStringLocalizer<ConnectTexts> words) =>
        new(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, words["(not for you: ask your administrator)"]);

    /// <summary>A language by its own name, which whoever reads it knows.</summary>
    public static string NameOf(string language) => PortalLanguages.Of(language).Parent.NativeName;
}
