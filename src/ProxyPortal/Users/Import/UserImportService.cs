using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Import;

/// <summary>Takes users over from a file: all of it in one transaction, or nothing. Imported users have no link to choose a password by; those of
/// htpasswd keep the password they have.</summary>
public sealed class UserImportService(
    IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, UserJobs jobs, ILookupNormalizer normalizer, TimeProvider time)
{
    private const int SampleSize = 10;
    private const int BatchSize = 500;

    /// <summary>The names of the columns of a CSV file. Errors: <c>file_empty</c>, <c>file_too_large</c>, <c>file_type</c>, <c>encoding_invalid</c>, <c>header_invalid</c>.</summary>
    public async Task<Result<IReadOnlyList<string>>> ReadHeaderAsync(Actor actor, byte[] file, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditUsers, "import", cancellationToken) is { } refused)
            return refused;
        Result<string> text = ImportText.Decode(file);
        return text.Error is { } error ? error : CsvImport.ReadHeader(text.Value);
    }

    /// <summary>What the import would do; changes nothing. Errors as in <see cref="ReadHeaderAsync"/>, and <c>header_missing</c>, <c>header_unknown</c>,
    /// <c>header_twice</c>, <c>header_secret</c>, <c>rows_too_many</c>. Faults of rows are part of the plan.</summary>
    public async Task<Result<UserImportPlan>> PreviewAsync(Actor actor, byte[] file, UserImportOptions options, CancellationToken cancellationToken)
    {
        Result<(ImportFile File, UserImportPlan Plan)> looked = await LookAsync(actor, file, options, cancellationToken);
        return looked.Error is { } error ? error : looked.Value.Plan;
    }

    /// <summary>Starts the import in the background, unless faults keep it from beginning. Errors as in <see cref="PreviewAsync"/>.</summary>
    public async Task<Result<StartedImport>> StartAsync(Actor actor, byte[] file, UserImportOptions options, CancellationToken cancellationToken)
    {
        Result<(ImportFile File, UserImportPlan Plan)> looked = await LookAsync(actor, file, options, cancellationToken);
        if (looked.Error is { } error)
            return error;
        (ImportFile read, UserImportPlan plan) = looked.Value;
        if (!plan.CanRun(options))
            return new StartedImport(plan, null);
        string title = string.Create(CultureInfo.InvariantCulture, $"Import {plan.Created + plan.Updated:N0} users");
        return new StartedImport(plan, jobs.Start(actor, title, plan.Rows - plan.Faults.Select(fault => fault.Row).Distinct().Count(), (job, stop) => RunAsync(job, actor, read, options, stop)));
    }

    private async Task<Result<(ImportFile File, UserImportPlan Plan)>> LookAsync(Actor actor, byte[] file, UserImportOptions options, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditUsers, "import", cancellationToken) is { } refused)
            return refused;
        Result<ImportFile> read = Read(file, options);
        if (read.Error is { } error)
            return error;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return (read.Value, Describe(read.Value, await new ImportPlanner(db, options).PlanAsync(read.Value, cancellationToken)));
    }

    private static Result<ImportFile> Read(byte[] file, UserImportOptions options)
    {
        Result<string> text = ImportText.Decode(file);
        return text.Error is { } error ? error
            : options.Format is UserImportFormat.Htpasswd ? HtpasswdImport.Read(text.Value) : CsvImport.Read(text.Value, options.Mapping);
    }

    private static UserImportPlan Describe(ImportFile file, (IReadOnlyList<PlannedRow> Rows, IReadOnlyList<ImportFault> Faults) plan) => new(
        file.Total, plan.Rows.Count(row => row is { Id: null }), plan.Rows.Count(row => row is { Id: not null, Left: null }), plan.Rows.Count(row => row.Left is not null), file.Ignored, plan.Faults,
        [.. plan.Rows.Take(SampleSize).Select(row => new UserImportSample(row.Source.Row, row.Source.Input.UserId, row.Source.Input.DisplayName, row.Source.Input.Email,
            row.Left ?? (row.Id is null ? "Added" : "Updated")))]);

    private async Task RunAsync(UserJob job, Actor actor, ImportFile file, UserImportOptions options, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        // Looked at anew: others may have changed users since the preview.
        (IReadOnlyList<PlannedRow> rows, IReadOnlyList<ImportFault> faults) = await new ImportPlanner(db, options).PlanAsync(file, cancellationToken);
        if (faults.Count > 0 && !options.SkipsFaults)
            throw new UserJobException($"Users were changed since the preview: line {faults[0].Row} cannot be imported any more. Nothing was imported; look at the preview again.");
        try
        {
            await using IAsyncDisposable room = await SqliteSession.WithRoomForAllAsync(db, cancellationToken);
            await db.SaveAllOrNothingAsync(async () =>
            {
                foreach (PlannedRow[] batch in rows.Chunk(BatchSize))
                {
                    await WriteAsync(db, actor, batch, cancellationToken);
                    await db.SaveChangesAsync(cancellationToken);
                    db.ChangeTracker.Clear();
                    job.Report(job.Done + batch.Length);
                }
                audit.Add(db, actor, AuditAction.UsersImported, new AuditTarget("users", null, "users"), after: new
                {
                    Format = options.Format.ToString(),
                    Created = rows.Count(row => row.Id is null),
                    Updated = rows.Count(row => row is { Id: not null, Left: null }),
                    Skipped = rows.Count(row => row.Left is not null),
                    LeftOut = faults.Count,
                });
                await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
        }
        catch (DbUpdateException)
        {
            job.Report(0);
            throw new UserJobException("Someone else added or changed one of these users at this very moment. Nothing was imported; try again.");
        }
        job.Report(0);
        job.Add([.. rows.Select(row => new UserJobRow(row.Source.Input.UserId, row.Left is null ? UserOutcome.Changed : UserOutcome.Skipped, row.Left ?? (row.Id is null ? "Added" : "Updated")))]);
    }

    private async Task WriteAsync(PortalDbContext db, Actor actor, PlannedRow[] batch, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. batch.Where(row => row is { Id: not null, Left: null }).Select(row => row.Id!.Value)];
        UserRows present = await UserRows.ReadAsync(db, ids, withGroups: true, withDevices: false, cancellationToken);
        Dictionary<Guid, User> existing = present.Users.ToDictionary(user => user.Id);
        HashSet<string> groupNames = [.. batch.SelectMany(row => row.Source.Input.Groups ?? [])];
        Dictionary<string, Groups.Group> groups = groupNames.Count == 0 ? [] : await db.Groups.AsNoTracking().Where(group => groupNames.Contains(group.Name)).ToDictionaryAsync(group => group.Name, cancellationToken);
        HashSet<string> ownerNames = [.. batch.Select(row => row.Source.Input.Owner?.Trim().ToLowerInvariant()).OfType<string>()];
        Dictionary<string, Guid> owners = ownerNames.Count == 0 ? [] : await db.Users.Where(user => ownerNames.Contains(user.NormalizedUserName!)).ToDictionaryAsync(user => user.NormalizedUserName!, user => user.Id, cancellationToken);
        List<User> added = [];
        foreach (PlannedRow row in batch.Where(row => row.Left is null))
        {
            User? user = row.Id is { } id ? existing[id] : null;
            UserInput input = user is null ? row.Source.Input : ImportPlanner.Merge(row.Source, user);
            Guid? owner = input.Owner is null ? user?.OwnerId : owners[input.Owner.Trim().ToLowerInvariant()];
            User written = Write(db, actor, user, input, new UserRelations(owner, input.Groups is null ? null : [.. input.Groups.Select(name => groups[name])]), row.Source.PasswordHash);
            if (user is null)
                added.Add(written);
        }
        await UserRows.InsertAsync(db, added, cancellationToken);
        await present.UpdateAsync(time.GetUtcNow(), cancellationToken);
    }

    private User Write(PortalDbContext db, Actor actor, User? existing, UserInput input, UserRelations relations, string? passwordHash)
    {
        DateTimeOffset now = time.GetUtcNow();
        User user = existing ?? UserFields.Create(input.UserId, now);
        object? before = existing is null ? null : UserAudit.Snapshot(user);
        if (existing is not null && user.Email != input.Email)
            user.SecurityStamp = Guid.CreateVersion7().ToString();
        UserFields.Apply(user, input, relations, normalizer);
        if (passwordHash is not null)
        {
            (user.PasswordHash, user.PasswordSetAt, user.PasswordRevokedAt) = (passwordHash, now, null);
            user.PasswordVersion++;
        }
        audit.Add(db, actor, existing is null ? AuditAction.UserCreated : AuditAction.UserChanged, UserAudit.Target(user), before, UserAudit.Snapshot(user));
        if (passwordHash is not null && existing is not null)
            audit.Add(db, actor, AuditAction.PasswordSet, UserAudit.Target(user), after: new { Imported = true });
        return user;
    }
}
