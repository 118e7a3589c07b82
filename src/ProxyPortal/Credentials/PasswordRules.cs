using System.Text;
using ProxyPortal.Core;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials.Guessable;

namespace ProxyPortal.Credentials;

/// <summary>What a chosen password must be: long, and not made of what everyone would guess first. No composition rules, no forced
/// change (NIST SP 800-63B-4 §3.1.1.2).</summary>
internal static class PasswordRules
{
    public const int MinCodePoints = 15;

    // A hundred million: out of reach at the front door, where a throttle counts, which is what a block list is for.
    private const double FewestGuessesLog10 = 8;

    /// <param name="password">As typed.</param>
    /// <param name="context">Words the password must not be built from: user-id, mail name, organisation.</param>
    public static Error? Check(string password, params IEnumerable<string?> context) => Check(password, MinCodePoints, context);

    /// <param name="password">As typed.</param>
    /// <param name="minCodePoints">What a policy asks for, or <see cref="MinCodePoints"/>.</param>
    /// <param name="context">Words the password must not be built from.</param>
    public static Error? Check(string password, int minCodePoints, IEnumerable<string?> context)
    {
        if (PasswordText.Prepare(password, out PasswordTextFault fault) is not { } prepared)
            return Invalid(fault is PasswordTextFault.TooLong
                ? $"A password has at most {PasswordText.MaxCodePoints} characters."
                : (FormattableString)$"A password cannot hold control characters such as tabs or line breaks.");
        string text = Encoding.UTF8.GetString(prepared);
        if (text.EnumerateRunes().Count() < minCodePoints)
            return Invalid($"Use at least {minCodePoints} characters. A few words in a row are easier to remember than signs.");
        if (text.EnumerateRunes().Distinct().Count() < 5)
            return Invalid($"This repeats the same few characters. Use several different words.");
        string rest = context.Append("proxyportal").Where(word => word is { Length: >= 4 })
            .Aggregate(text, (left, word) => left.Replace(word!, "", StringComparison.OrdinalIgnoreCase));
        if (rest.EnumerateRunes().Count() < MinCodePoints / 2)
            return Invalid($"This is mostly your own name or the organisation's. Use words that have nothing to do with them.");
        return GuessEstimate.Log10(text) < FewestGuessesLog10
            ? Invalid($"This is made of passwords that many people use, of repetitions or of rows of the keyboard: it would be guessed early. Use several words that have nothing to do with each other.") : null;
    }

    private static Error Invalid(FormattableString message) => Error.Of("password_invalid", message, "password");
}
