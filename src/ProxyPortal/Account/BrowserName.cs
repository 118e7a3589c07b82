using Microsoft.Extensions.Localization;

namespace ProxyPortal.Account;

/// <summary>A few words for what a browser calls itself, so that people recognise their own.</summary>
internal static class BrowserName
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string? agent, IStringLocalizer<AccountTexts> words) => (Find(Browsers, agent), Find(Systems, agent)) switch
    {
        ({ } browser, { } system) => words["{0} on {1}", browser, system],
        ({ } browser, null) => browser,
        (null, { } system) => words["A browser on {0}", system],
        _ => words["An unknown browser"],
    };

    private static string? Find((string Mark, string Name)[] known, string? agent) =>
        known.FirstOrDefault(entry => agent?.Contains(entry.Mark, StringComparison.Ordinal) is true).Name;
}
