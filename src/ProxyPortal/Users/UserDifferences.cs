using System.Globalization;

namespace ProxyPortal.Users;

/// <summary>Where the state of a user and what somebody typed differ.</summary>
internal static class UserDifferences
{
    public static IEnumerable<EditDifference> Between(UserDetail theirs, UserDraft mine)
    {
        EditDifference[] all =
        [
            new("Name", theirs.DisplayName, mine.DisplayName),
            new("Mail", theirs.Email, mine.Email),
            new("Kind", theirs.Kind.ToString(), mine.Kind.ToString()),
            new("Portal role", theirs.Role.ToString(), mine.Role.ToString()),
            new("Valid from", Say(theirs.ValidFrom), Say(mine.ValidFrom)),
            new("Valid until", Say(theirs.ValidUntil), Say(mine.ValidUntil)),
            new("Days from first use", theirs.DaysFromFirstUse?.ToString(CultureInfo.InvariantCulture), mine.DaysFromFirstUse?.ToString(CultureInfo.InvariantCulture)),
            new("Owner", theirs.Owner?.UserId, mine.Owner),
            new("Groups", string.Join(", ", theirs.Groups), string.Join(", ", mine.Groups.Order(StringComparer.Ordinal))),
            new("Tags", UserTags.Join(theirs.Tags), mine.Tags),
            new("Notes", theirs.Notes, mine.Notes),
        ];
        return all.Where(row => row.Theirs != row.Mine);
    }

    private static string? Say(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
