using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Credentials.Formats;

namespace ProxyPortal.Users.Import;

/// <summary>Users out of an htpasswd file. Their passwords go on working, and are hashed by the portal's own rule as soon as each was used.</summary>
internal static class HtpasswdImport
{
    private const string Column = "hash";
    private static readonly HashSet<string> Named = ["password"];

    /// <summary>Errors: <c>rows_too_many</c>.</summary>
    public static Result<ImportFile> Read(string text)
    {
        List<ImportRow> rows = [];
        List<ImportFault> faults = [];
        (int line, int ignored) = (0, 0);
        foreach (ReadOnlySpan<char> found in text.AsSpan().EnumerateLines())
        {
            line++;
            ReadOnlySpan<char> entry = found.Trim();
            // Behind the last line end there is no line.
            if (entry.IsEmpty || entry[0] == '#')
            {
                ignored++;
                continue;
            }
            if (rows.Count + faults.Count >= ImportText.MaxRows)
                return ImportText.TooManyRows;
            if (Read(line, entry, out ImportRow? row) is { } fault)
                faults.Add(fault);
            else
                rows.Add(row!);
        }
        if (text[^1] is '\n' or '\r')
            ignored--;
        return new ImportFile(rows, rows.Count + faults.Count, ignored, faults);
    }

    private static ImportFault? Read(int line, ReadOnlySpan<char> entry, out ImportRow? row)
    {
        row = null;
        if (entry.Length > 1024)
            return new ImportFault(line, null, "Is longer than 1024 characters: no line of an htpasswd file is.");
        int colon = entry.IndexOf(':');
        if (colon < 0)
            return new ImportFault(line, null, "Has no colon between user-id and hash.");
        Result<string> userId = UserId.Create(entry[..colon].ToString());
        if (userId.Error is { } unnamed)
            return new ImportFault(line, "user-id", unnamed.Message);
        string hash = entry[(colon + 1)..].ToString();
        if (!ImportedFormats.Accept(hash))
            return new ImportFault(line, Column, Refusal(hash));
        row = new ImportRow(line, new UserInput { UserId = userId.Value }, Named, hash);
        return null;
    }

    // Names the kind, never the text: it may be a password.
    private static string Refusal(string hash) => hash switch
    {
        "" => "Is empty.",
        ['$', '2', 'a' or 'b' or 'y', '$', ..] when hash.Length == 60 => "Is bcrypt with a cost outside of 5 to 14.",
        ['$', '2', ..] => "Is not a whole bcrypt hash.",
        ['$', 'a', 'p', 'r', '1', ..] => "Is not a whole apr1 hash.",
        ['$', '5' or '6', '$', ..] => "Is not a whole SHA-crypt hash, or has more than 1000000 rounds.",
        ['$', '1', '$', ..] => "Is MD5-crypt, which is not taken over. Give the user a password link.",
        _ when hash.StartsWith("{SHA}", StringComparison.OrdinalIgnoreCase) => "Is an unsalted SHA-1 hash: unsupported, too weak. Give the user a password link.",
        _ when hash.StartsWith("{SSHA}", StringComparison.OrdinalIgnoreCase) => "Is a salted SHA-1 hash: unsupported, too weak. Give the user a password link.",
        _ when hash.Contains(':', StringComparison.Ordinal) => "Has another colon: this looks like a line of htdigest, which cannot be imported.",
        { Length: 13 } when hash.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/') => "Is a DES crypt hash: unsupported weak hash. Give the user a password link.",
        _ => "Is no hash that can be taken over, or a password in clear.",
    };
}
