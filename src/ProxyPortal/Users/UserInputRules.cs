using System.Buffers;
using System.Net.Mail;
using System.Text;
using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>What a user's fields may hold, whoever sends them: page, bootstrap file, import, API.</summary>
internal static class UserInputRules
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int LongestDays = 3650;

    public static Error? Check(UserInput input)
    {
        string name = input.DisplayName.Trim();
        if (name.Length > UserConfiguration.DisplayNameLength || !IsText(name) || name.Any(char.IsControl))
            return new Error("displayName_invalid", $"A name has at most {UserConfiguration.DisplayNameLength} characters and no line breaks.", "displayName");
        if (input.Notes?.Length > UserConfiguration.NotesLength || !IsText(input.Notes))
            return new Error("notes_invalid", $"Notes have at most {UserConfiguration.NotesLength} characters, and no control characters but line breaks and tabs.", "notes");
        if (!string.IsNullOrWhiteSpace(input.Email) && !IsMailAddress(input.Email.Trim()))
            return new Error("email_invalid", "Give one mail address such as alice@example.test.", "email");
        if (!IsInRange(input.ValidFrom))
            return new Error("validFrom_invalid", "Give a date between 2000 and 2100.", "validFrom");
        if (!IsInRange(input.ValidUntil))
            return new Error("validUntil_invalid", "Give a date between 2000 and 2100.", "validUntil");
        if (input.ValidFrom >= input.ValidUntil)
            return new Error("validUntil_invalid", "The end must be later than the start.", "validUntil");
        if (input.DaysFromFirstUse is < 1 or > LongestDays)
            return new Error("daysFromFirstUse_invalid", $"Give 1 to {LongestDays} days.", "daysFromFirstUse");
        if (UserTags.Fold(input.Tags).Error is { } tags)
            return tags;
        if (!string.IsNullOrWhiteSpace(input.Owner) && input.Kind is not UserKind.Service)
            return new Error("owner_invalid", "Only a service account has an owner.", "owner");
        return Enum.IsDefined(input.Role) && Enum.IsDefined(input.Kind) ? null : new Error("role_invalid", "Choose one of the roles and kinds that are offered.", "role");
    }

    // RFC 5321 lengths; the parser alone would take "a@b.c, d@e.f" as d@e.f.
    internal static bool IsMailAddress(string text) =>
        text.Length <= 254 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c)) && MailAddress.TryCreate(text, out MailAddress? address)
        && address.Address == text && address.User.Length <= 64 && address.Host.Contains('.', StringComparison.Ordinal) && !address.Host.StartsWith('[');

    // Half a surrogate pair is no text, and PostgreSQL stores no NUL: both would come back as an incident instead of a sentence.
    internal static bool IsText(string? text)
    {
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out Rune rune, out int length) is not OperationStatus.Done || (Rune.IsControl(rune) && rune.Value is not ('\r' or '\n' or '\t')))
                return false;
            rest = rest[length..];
        }
        return true;
    }

    internal static bool IsInRange(DateTimeOffset? time) => time is null || (time >= Earliest && time < Latest);
}
