using System.Net;
using Microsoft.Extensions.Localization;
using ProxyPortal.Core;
using ProxyPortal.Languages;
using ProxyPortal.Settings;

namespace ProxyPortal.Integrations.Squid;

/// <summary>
/// The pages that Squid itself shows, in the organisation's name: they hold the helper's own sentence and lead to what helps. In Squid's templates %m is what a helper said
/// of a login, %o what it said of an account, and <c>@Squid{%{key}note}</c> what it noted besides; what is not there is "-".
/// </summary>
public sealed class SquidErrorPages(IStringLocalizer<SquidErrorTexts> T, SettingsService settings)
{
    /// <summary>Of a 407: Squid's own name for it.</summary>
    public const string SignIn = "ERR_CACHE_ACCESS_DENIED";

    /// <summary>Of a 403: who has signed in, but may not go on.</summary>
    public const string Denied = "ERR_PP_DENIED";

    public static IReadOnlyList<string> Names { get; } = [SignIn, Denied];

    // Where nothing was sent, nothing was said of it: the class of the paragraph ends in the note then.
    private const string Style =
        """
        body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#f6f7f9;color:#1b1f24}main{max-width:36rem;margin:10vh auto;padding:2rem;background:#fff;border:1px solid #d8dde3;border-radius:8px}
        h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}p{margin:0 0 1rem}.quiet{color:#57606a;font-size:.875rem;overflow-wrap:anywhere}.said{border-left:4px solid #b35900;padding-left:.75rem}.said-{display:none}
        .go{display:inline-block;padding:.5rem 1rem;border-radius:6px;background:#0b5cad;color:#fff;text-decoration:none}
        @media(prefers-color-scheme:dark){body{background:#101418;color:#e6eaee}main{background:#1a2026;border-color:#303841}.quiet{color:#9aa5b1}.go{background:#7ab8f5;color:#0b1a2a}}
        """;

    /// <summary>Error: <c>not_found</c> when there is no such page or language.</summary>
    public Result<string> Render(string name, string language)
    {
        if (!PortalLanguages.All.ContainsKey(language) || !Names.Contains(name))
            return new Error("not_found", "There is no such page.");
        return PortalLanguages.Speak(language, () => name == SignIn
            ? Page(language, T["The proxy asks you to sign in"], "%m", T["Enter the user name and the password of your device when the browser asks. If it does not ask any more, close it and open it again: it may still send an old password."])
            : Page(language, T["No access through this proxy"], "%o", T["You are signed in as {0}. Your password is right; typing it again will not help.", "\u0001"]));
    }

    private string Page(string language, string title, string said, string advice)
    {
        string organisation = Literal(settings.Current.OrganisationName);
        string help = Literal(settings.Current.PublicUrl + PortalUrls.Help407());
        return $$"""
            <!DOCTYPE html>
            <html lang="{{language}}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{Literal(title)}} · {{organisation}}</title>
            <style>
            {{Style}}
            </style></head>
            <body><main>
            <p class="quiet">{{organisation}}</p>
            <h1>{{Literal(title)}}</h1>
            <p class="said said@Squid{%{code_}note}">{{said}}</p>
            <p>{{Literal(advice).Replace("&#1;", "<b>%a</b>", StringComparison.Ordinal)}}</p>
            <p><a class="go" href="{{help}}/@Squid{%{code_}note}?event=@Squid{%{id_}note}">{{Literal(T["Why, and what helps"])}}</a></p>
            <p class="quiet">%U<br>%T</p>
            </main></body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    // A percent sign begins one of Squid's codes, and so does "@Squid{".
    private static string Literal(string text) => WebUtility.HtmlEncode(text).Replace("\u0001", "&#1;", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal).Replace("@", "&#64;", StringComparison.Ordinal);
}
