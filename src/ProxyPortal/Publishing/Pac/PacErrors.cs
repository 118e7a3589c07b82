using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Pac;

/// <summary>Where in the form of a profile its errors are said: all of a field together, because whoever pastes a list has more than one.</summary>
internal static class PacErrors
{
    private const int Shown = 5;

    public static string? At(this IReadOnlyList<Error> errors, string field)
    {
        string[] messages = [.. errors.Where(error => error.Field == field).Select(error => error.Message)];
        return messages.Length == 0 ? null : string.Join(' ', messages.Take(Shown)) + (messages.Length > Shown ? $" And {messages.Length - Shown} more." : "");
    }

    public static string? Invalid(this IReadOnlyList<Error> errors, string field) => errors.Any(error => error.Field == field) ? "true" : null;
}
