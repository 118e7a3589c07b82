using System.Globalization;
using System.Text;

namespace ProxyPortal.Core.Http;

/// <summary>
/// The rule for names that are <em>created</em> here, stricter than what may be <em>asked about</em> (<see cref="LoginName"/>):
/// letters and digits of one script, and <c>. _ -</c> inside; nothing that a proxy, URL, PAC file or LDAP name would have to escape.
/// </summary>
public static class UserId
{
    public const int MaxLength = 64;

    // A dot above a letter that has one already cannot be seen.
    private static readonly string[] DotsOnDotted = ["i\u0307", "j\u0307"];

    /// <summary>The folded user-id to store, or an error with code <c>userId_invalid</c> or <c>userId_too_long</c>.</summary>
    public static Result<string> Create(string typed) => Create(typed, "userId", "A user-id");

    /// <summary>The same rule for the name of a device, the part behind <c>+</c> in <c>alice+laptop</c>.</summary>
    public static Result<string> CreateDeviceName(string typed) => Create(typed, "name", "A device name");

    private static Result<string> Create(string typed, string field, string what)
    {
        string? name = LoginName.Fold(typed, out LoginNameFault fault);
        if (fault is LoginNameFault.TooLong || name?.Length > MaxLength)
            return new Error($"{field}_too_long", $"{what} has at most {MaxLength} characters.", field);
        if (name is null || !char.IsLetterOrDigit(name[0]) || !name.EnumerateRunes().All(IsPlain))
            return new Error($"{field}_invalid", $"{what} is made of letters, digits, dot, hyphen and underscore, and starts with a letter or digit.", field);
        if (!name.IsNormalized(NormalizationForm.FormKC) || DotsOnDotted.Any(pair => name.Contains(pair, StringComparison.Ordinal)))
            return new Error($"{field}_invalid", $"{what} may not hold a variant of an ordinary letter: it would look like another name.", field);
        if (name.EnumerateRunes().Where(Rune.IsLetter).Select(ScriptOf).Distinct().Count() > 1)
            return new Error($"{field}_invalid", $"{what} may not mix alphabets: look-alike letters would make two people one.", field);
        return name;
    }

    private static bool IsPlain(Rune rune) =>
        rune.Value is '.' or '_' or '-' or (>= '0' and <= '9') || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Blocks, not the full UTS #39 tables: enough to keep Latin, Greek and Cyrillic look-alikes out of one name.
    private static int ScriptOf(Rune rune) => rune.Value switch
    {
        < 0x0250 or (>= 0x1E00 and < 0x1F00) => 0,
        >= 0x0370 and < 0x0400 or (>= 0x1F00 and < 0x2000) => 1,
        >= 0x0400 and < 0x0530 => 2,
        >= 0x0530 and < 0x0590 => 3,
        >= 0x0590 and < 0x0600 => 4,
        >= 0x0600 and < 0x0780 => 5,
        >= 0x3040 and < 0xA000 or >= 0x20000 => 6,
        >= 0xAC00 and < 0xD800 => 7,
        _ => 100 + rune.Value / 0x80,
    };
}
