using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Users.Import;

/// <summary>A row that will be written, or is left out.</summary>
/// <param name="Source">As read.</param>
/// <param name="Id">The user that exists already; null = a new one.</param>
/// <param name="Left">Why nothing is done; null = something is.</param>
internal sealed record PlannedRow(ImportRow Source, Guid? Id, string? Left = null);

/// <summary>Compares a file with itself and with the directory, and finds out what would become of each row.</summary>
internal sealed class ImportPlanner(PortalDbContext db, UserImportOptions options)
{
    private const int ChunkSize = 1_000;
    private readonly List<ImportFault> _faults = [];
    private readonly List<PlannedRow> _planned = [];
    private HashSet<string> _groups = [];
    private readonly HashSet<string> _owners = [];

    /// <returns>The rows without faults, in the order of the file, and all faults by line.</returns>
    public async Task<(IReadOnlyList<PlannedRow> Rows, IReadOnlyList<ImportFault> Faults)> PlanAsync(ImportFile file, CancellationToken cancellationToken)
    {
        _faults.AddRange(file.Faults);
        _groups = await db.Groups.Select(group => group.Name).ToHashSetAsync(cancellationToken);
        List<string> owners = [.. file.Rows.Select(row => row.Input.Owner?.Trim().ToLowerInvariant()).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (string[] some in owners.Chunk(ChunkSize))
        {
            _owners.UnionWith(await db.Users.Where(user => some.Contains(user.NormalizedUserName) && user.DeletedAt == null && user.Kind == UserKind.Person)
                .Select(user => user.NormalizedUserName!).ToListAsync(cancellationToken));
        }
        foreach (ImportRow[] rows in WithoutTwins(file.Rows).Chunk(ChunkSize))
        {
            List<string> names = [.. rows.Select(row => row.Input.UserId)];
            Dictionary<string, User> existing = await db.Users.AsNoTracking().Where(user => names.Contains(user.NormalizedUserName!))
                .ToDictionaryAsync(user => user.NormalizedUserName!, StringComparer.Ordinal, cancellationToken);
            foreach (ImportRow row in rows)
                Plan(row, existing.GetValueOrDefault(row.Input.UserId));
        }
        return (_planned, [.. _faults.OrderBy(fault => fault.Row)]);
    }

    /// <summary>The input of a row on top of what the user has: what the file does not name, and an empty cell, change nothing.</summary>
    public static UserInput Merge(ImportRow row, User user) => row.Input with
    {
        DisplayName = Or(row.Input.DisplayName, user.DisplayName)!,
        Email = Or(row.Input.Email, user.Email),
        Kind = row.Named.Contains("kind") ? row.Input.Kind : user.Kind,
        Role = user.Role,
        ValidFrom = row.Input.ValidFrom ?? user.ValidFrom,
        ValidUntil = row.Input.ValidUntil ?? user.ValidUntil,
        DaysFromFirstUse = row.Input.DaysFromFirstUse ?? user.DaysFromFirstUse,
        Notes = Or(row.Input.Notes, user.Notes),
        Tags = row.Input.Tags.Count > 0 ? row.Input.Tags : user.Tags,
        Groups = row.Input.Groups is { Count: > 0 } groups ? groups : null,
    };

    private static string? Or(string? given, string? now) => string.IsNullOrWhiteSpace(given) ? now : given;

    private IEnumerable<ImportRow> WithoutTwins(IReadOnlyList<ImportRow> rows)
    {
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach (ImportRow row in rows)
        {
            if (lines.TryAdd(row.Input.UserId, row.Row))
                yield return row;
            else
                Fault(row, ImportColumns.UserId, $"Stands in line {lines[row.Input.UserId]} already.");
        }
    }

    private void Plan(ImportRow row, User? user)
    {
        int before = _faults.Count;
        foreach (string _ in (row.Input.Groups ?? []).Where(group => !_groups.Contains(group)).Take(1))
            Fault(row, "groups", "Names a group that does not exist.");
        if (row.Input.Owner is { } owner && !_owners.Contains(owner.Trim().ToLowerInvariant()))
            Fault(row, "owner", "Must be the user-id of a person who has an account here already.");
        if (_faults.Count > before)
            return;
        if (user is null)
            _planned.Add(new PlannedRow(row, null));
        else if (options.Existing is ExistingUsers.Refuse)
            Fault(row, ImportColumns.UserId, user.DeletedAt is null ? "There is already a user of this user-id." : "There is already a user of this user-id, in the bin.");
        else if (options.Existing is ExistingUsers.Skip)
            _planned.Add(new PlannedRow(row, user.Id, "Exists already."));
        else if (user.DeletedAt is not null)
            Fault(row, ImportColumns.UserId, "Is in the bin. Restore the user first.");
        else if (user.Role is not PortalRole.None)
            Fault(row, ImportColumns.UserId, "Has a role in the portal: such accounts are changed on their own page only.");
        else if (row.PasswordHash is not null && user.PasswordHash is not null)
            _planned.Add(new PlannedRow(row, user.Id, "Has a password already, which is kept."));
        else if (UserInputRules.Check(Merge(row, user)) is { } fault)
            Fault(row, fault.Field!, fault.Message);
        else
            _planned.Add(new PlannedRow(row, user.Id));
    }

    private void Fault(ImportRow row, string column, string message) => _faults.Add(new ImportFault(row.Row, column, message));
}
