using Microsoft.Extensions.Localization;
using ProxyPortal.Core;

namespace ProxyPortal.Languages;

internal static class LocalizerExtensions
{
    /// <summary>What a person reads of a refusal. Its values stand apart from its words, so that the words can be looked up.</summary>
    public static string Of(this IStringLocalizer localizer, Error error) =>
        error.Template is { } template ? localizer[template.Format, template.GetArguments()!] : localizer[error.Message];
}
