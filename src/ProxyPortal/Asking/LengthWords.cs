using Microsoft.Extensions.Localization;

namespace ProxyPortal.Asking;

/// <summary>A length of time as it is chosen and said.</summary>
internal static class LengthWords
{
    public static string Of(IStringLocalizer words, int? days) => days switch
    {
        null => words["without end"],
        1 => words["one day"],
        365 => words["one year"],
        { } some => words["{0} days", some],
    };
}
