using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Import;

public enum UserImportFormat
{
    Csv = 0,
    Htpasswd = 1,
}

/// <summary>What becomes of rows whose user-id exists already.</summary>
public enum ExistingUsers
{
    /// <summary>They are faults.</summary>
    Refuse = 0,

    /// <summary>They are left as they are.</summary>
    Skip = 1,

    /// <summary>They get what the file names. A password that somebody has is never replaced.</summary>
    Update = 2,
}

/// <summary>How a file is to be read.</summary>
public sealed record UserImportOptions(UserImportFormat Format)
{
    public ExistingUsers Existing { get; init; }

    /// <summary>Leaves rows with faults out; otherwise one fault keeps everything out.</summary>
    public bool SkipsFaults { get; init; }

    /// <summary>The field of each column, null = not imported; null altogether = by the names in the header.</summary>
    public IReadOnlyList<string?>? Mapping { get; init; }
}

/// <summary>What is wrong with a row. Never quotes what stands in it: it may be a password in the wrong place.</summary>
/// <param name="Row">Line in the file, counted from 1.</param>
/// <param name="Column">Name of the column in the file; null = the row as a whole.</param>
/// <param name="Message">In words.</param>
public sealed record ImportFault(int Row, string? Column, string Message);

/// <summary>What an import would do, or did.</summary>
public sealed record UserImportPlan(int Rows, int Created, int Updated, int Skipped, int Ignored, IReadOnlyList<ImportFault> Faults, IReadOnlyList<UserImportSample> Sample)
{
    /// <summary>Whether it would change anything.</summary>
    public bool CanRun(UserImportOptions options) => (Faults.Count == 0 || options.SkipsFaults) && Created + Updated > 0;
}

/// <summary>One of the first rows, as it would be taken.</summary>
public sealed record UserImportSample(int Row, string UserId, string DisplayName, string? Email, string What);

/// <summary>An import that is under way, or the faults that keep it from beginning.</summary>
public sealed record StartedImport(UserImportPlan Plan, UserJob? Job);

/// <summary>A row that could be read.</summary>
/// <param name="Row">Line in the file.</param>
/// <param name="Input">Its fields.</param>
/// <param name="Named">Which fields the file has; the others stay as they are.</param>
/// <param name="PasswordHash">An imported hash, or null.</param>
internal sealed record ImportRow(int Row, UserInput Input, IReadOnlySet<string> Named, string? PasswordHash = null);

/// <summary>A file as read.</summary>
internal sealed record ImportFile(IReadOnlyList<ImportRow> Rows, int Total, int Ignored, IReadOnlyList<ImportFault> Faults);
