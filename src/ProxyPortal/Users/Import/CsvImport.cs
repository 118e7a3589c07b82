using System.Globalization;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Users.Import;

/// <summary>Users out of a CSV file.</summary>
internal static class CsvImport
{
    // ISO 8601 and nothing else: 1/2/2026 is two different days.
    private static readonly string[] Times =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The names in the first row. Errors: <c>file_empty</c>, <c>header_invalid</c>.</summary>
    public static Result<IReadOnlyList<string>> ReadHeader(string text)
    {
        CsvRow? header = new CsvReader(text, CsvReader.SeparatorOf(text)).Read();
        return header is not { } row ? new Error("file_empty", "The file is empty.", "file")
            : row.Fault is { } fault ? new Error("header_invalid", $"Row {row.Line}: {fault}", "file") : row.Cells.ToList();
    }

    /// <summary>Errors, besides those of <see cref="ReadHeader"/> and <see cref="ImportColumns.Map"/>: <c>rows_too_many</c>.</summary>
    public static Result<ImportFile> Read(string text, IReadOnlyList<string?>? chosen)
    {
        var reader = new CsvReader(text, CsvReader.SeparatorOf(text));
        Result<IReadOnlyList<string>> header = ReadHeader(text);
        Result<IReadOnlyList<string?>> mapping = header.Succeeded ? ImportColumns.Map(header.Value, chosen) : header.Error!;
        if (mapping.Error is { } error)
            return error;
        reader.Read();
        HashSet<string> named = [.. mapping.Value.OfType<string>()];
        List<ImportRow> rows = [];
        List<ImportFault> faults = [];
        int total = 0;
        while (reader.Read() is { } row)
        {
            if (++total > ImportText.MaxRows)
                return ImportText.TooManyRows;
            if (row.Fault is not null)
                faults.Add(new ImportFault(row.Line, null, row.Fault));
            else if (row.Cells.Count != header.Value.Count)
                faults.Add(new ImportFault(row.Line, null, $"Has {row.Cells.Count} cells where the header has {header.Value.Count}."));
            else if (new RowReader(row, header.Value, mapping.Value, faults).Read() is { } input)
                rows.Add(new ImportRow(row.Line, input, named));
        }
        return new ImportFile(rows, total, 0, faults);
    }

    private readonly struct RowReader(CsvRow row, IReadOnlyList<string> header, IReadOnlyList<string?> mapping, List<ImportFault> faults)
    {
        public UserInput? Read()
        {
            int before = faults.Count;
            string? userId = Text(ImportColumns.UserId);
            Result<string> name = UserId.Create(userId ?? "");
            if (name.Error is { } unnamed)
                Fault(ImportColumns.UserId, unnamed.Message);
            var input = new UserInput
            {
                UserId = name.Succeeded ? name.Value : "",
                DisplayName = Text("displayName") ?? "",
                Email = Text("email"),
                Kind = Kind(),
                Groups = Text("groups") is { } groups ? [.. groups.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)] : [],
                Tags = UserTags.Split(Text("tags")),
                Owner = Text("owner"),
                ValidFrom = Time("validFrom"),
                ValidUntil = Time("validUntil"),
                DaysFromFirstUse = Days(),
                Notes = Text("notes"),
            };
            if (faults.Count == before && UserInputRules.Check(input) is { } fault)
                Fault(fault.Field!, fault.Message);
            return faults.Count == before ? input : null;
        }

        private string? Text(string field)
        {
            for (int i = 0; i < mapping.Count; i++)
            {
                if (mapping[i] == field && row.Cells[i].Trim() is { Length: > 0 } text)
                    return text;
            }
            return null;
        }

        private UserKind Kind()
        {
            switch (Text("kind")?.ToLowerInvariant())
            {
                case null or "person":
                    return UserKind.Person;
                case "service" or "service account":
                    return UserKind.Service;
                default:
                    Fault("kind", "Must be person or service.");
                    return UserKind.Person;
            }
        }

        private DateTimeOffset? Time(string field)
        {
            if (Text(field) is not { } text)
                return null;
            if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at))
                return at;
            Fault(field, "Must be a day such as 2027-12-31, or a time such as 2027-12-31T18:00Z. Without a zone it is UTC.");
            return null;
        }

        private int? Days()
        {
            if (Text("daysFromFirstUse") is not { } text)
                return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days))
                return days;
            Fault("daysFromFirstUse", "Must be a whole number of days.");
            return null;
        }

        private void Fault(string field, string message)
        {
            int column = mapping.ToList().IndexOf(field);
            faults.Add(new ImportFault(row.Line, column < 0 ? null : header[column].Trim(), message));
        }
    }
}
