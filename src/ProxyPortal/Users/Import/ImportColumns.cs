using ProxyPortal.Core;

namespace ProxyPortal.Users.Import;

/// <summary>Which fields a CSV file can fill, and by which names of columns they are recognised.</summary>
internal static class ImportColumns
{
    public const string UserId = "userId";

    private static readonly Dictionary<string, string[]> Aliases = new(StringComparer.Ordinal)
    {
        [UserId] = ["userid", "username", "user", "login", "loginname", "account", "samaccountname", "uid"],
        ["displayName"] = ["displayname", "name", "fullname", "cn"],
        ["email"] = ["email", "mail", "emailaddress", "mailaddress"],
        ["kind"] = ["kind", "type"],
        ["groups"] = ["groups", "group"],
        ["tags"] = ["tags", "tag"],
        ["owner"] = ["owner"],
        ["validFrom"] = ["validfrom", "from", "start", "startdate"],
        ["validUntil"] = ["validuntil", "until", "end", "enddate", "expires", "expiry", "expirydate"],
        ["daysFromFirstUse"] = ["daysfromfirstuse", "days"],
        ["notes"] = ["notes", "note", "comment", "description"],
    };

    // The portal's own export has them; they are not for setting.
    private static readonly string[] Computed = ["status", "lastseen", "createdat"];

    public static IReadOnlyList<string> Fields { get; } = [.. Aliases.Keys];

    /// <summary>The field of a column by its name; null when it is not known.</summary>
    public static string? FieldOf(string header)
    {
        string folded = Fold(header);
        return Aliases.FirstOrDefault(field => field.Value.Contains(folded, StringComparer.Ordinal)).Key;
    }

    /// <summary>The field of each column. Errors: <c>header_missing</c>, <c>header_unknown</c>, <c>header_twice</c>, <c>header_secret</c>.</summary>
    /// <param name="header">The names in the file.</param>
    /// <param name="chosen">What somebody chose; null = by the names, all of which must be known then.</param>
    public static Result<IReadOnlyList<string?>> Map(IReadOnlyList<string> header, IReadOnlyList<string?>? chosen)
    {
        if (header.Any(name => Fold(name) is "password" or "passwd" or "pwd" or "secret"))
            return new Error("header_secret", "The file has a column of passwords. Passwords in clear are not imported: remove the column. Users choose their own by a link.", "file");
        if (header.GroupBy(Fold, StringComparer.Ordinal).FirstOrDefault(same => same.Key.Length > 0 && same.Count() > 1) is { } twin)
            return new Error("header_twice", $"The header names the column {Clip(twin.First())} twice.", "file");
        if (chosen is null && header.FirstOrDefault(name => FieldOf(name) is null && !Computed.Contains(Fold(name), StringComparer.Ordinal)) is { } unknown)
            return new Error("header_unknown", $"The column \"{Clip(unknown)}\" is not known. Known are {string.Join(", ", Fields)}.", "file");
        if (chosen is not null && (chosen.Count != header.Count || chosen.Any(field => field is not null && !Aliases.ContainsKey(field))))
            return new Error("header_unknown", $"Choose one of {string.Join(", ", Fields)} for each column, or none.", "mapping");
        List<string?> mapping = [.. chosen ?? [.. header.Select(FieldOf)]];
        if (mapping.OfType<string>().GroupBy(field => field, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } doubled)
            return new Error("header_twice", $"Two columns are both {doubled.Key}. Choose one of them.", chosen is null ? "file" : "mapping");
        return mapping.Contains(UserId) ? mapping : new Error("header_missing", "No column is the user-id. Name it userId, or choose it.", chosen is null ? "file" : "mapping");
    }

    private static string Fold(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Clip(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
