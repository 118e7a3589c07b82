using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace ProxyPortal.Languages;

/// <summary>The languages that the pages and mails for users speak, and which of them a browser is answered in.</summary>
public static class PortalLanguages
{
    public const string CookieName = "pp-language";
    private const int MostAccepted = 10;

    /// <summary>What the keys of the resources are written in.</summary>
    public static CultureInfo Default { get; } = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Two-letter names, with the culture that writes dates and numbers where a browser names no nearer one.</summary>
    public static IReadOnlyDictionary<string, CultureInfo> All { get; } =
        new Dictionary<string, CultureInfo>(StringComparer.OrdinalIgnoreCase) { ["en"] = Default, ["de"] = CultureInfo.GetCultureInfo("de-DE") };

    private static readonly Dictionary<string, CultureInfo> Known =
        CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => All.ContainsKey(culture.TwoLetterISOLanguageName))
            .ToDictionary(culture => culture.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every culture of these languages that the system knows.</summary>
    public static IReadOnlyCollection<CultureInfo> Cultures => Known.Values;

    /// <summary>Whether the present reader reads the keys themselves.</summary>
    public static bool IsDefault => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is var language && (language == Default.TwoLetterISOLanguageName || !All.ContainsKey(language));

    /// <summary>The culture of a stored language; the default where there is none, or one that is not spoken any more.</summary>
    public static CultureInfo Of(string? language) => language is not null && All.TryGetValue(language, out CultureInfo? culture) ? culture : Default;

    /// <summary>What <paramref name="say"/> says in a stored language.</summary>
    public static T Speak<T>(string? language, Func<T> say)
    {
        (CultureInfo culture, CultureInfo ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Of(language);
        try
        {
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    /// <summary>Chooses by the cookie, which a person set, and else by what the browser prefers. Dates and numbers follow the nearest culture of
    /// that language that the browser names: en-US and en-GB read the same words and write days differently.</summary>
    public static RequestCulture Choose(HttpContext context)
    {
        List<CultureInfo> accepted = [.. Accepted(context.Request.Headers.AcceptLanguage)];
        string language = context.Request.Cookies[CookieName] is { } chosen && All.ContainsKey(chosen)
            ? chosen
            : accepted.FirstOrDefault()?.TwoLetterISOLanguageName ?? Default.TwoLetterISOLanguageName;
        CultureInfo culture = accepted.Find(one => one.TwoLetterISOLanguageName == language && !one.IsNeutralCulture) ?? Of(language);
        return new RequestCulture(culture, culture);
    }

    private static IEnumerable<CultureInfo> Accepted(Microsoft.Extensions.Primitives.StringValues header)
    {
        if (!StringWithQualityHeaderValue.TryParseList(header, out IList<StringWithQualityHeaderValue>? values))
            yield break;
        foreach (string name in values.OrderByDescending(value => value.Quality ?? 1).Take(MostAccepted).Select(value => value.Value.ToString()))
        {
            if (Find(name) is { } culture && All.ContainsKey(culture.TwoLetterISOLanguageName))
                yield return culture;
        }
    }

    // Only cultures that the system knows: a header may name anything, and each new name would be kept for ever.
    private static CultureInfo? Find(string name) => Known.GetValueOrDefault(name);
}
