using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing.Pac;
using ProxyPortal.Data;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Pac;

/// <summary>PAC files as administrators write them. Everybody may fetch one, so they can name only what everybody may see.</summary>
public sealed class PacProfileService
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AccessControl _access;
    private readonly AuditTrail _audit;
    private readonly PublishedEndpoints _published;
    private readonly SettingsService _settings;

    internal PacProfileService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, PublishedEndpoints published, SettingsService settings) =>
        (_contexts, _access, _audit, _published, _settings) = (contexts, access, audit, published, settings);

    public static Error NotFound { get; } = new("not_found", "There is no such PAC profile.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this profile meanwhile. Look at the new state and try again.");

    /// <summary>All profiles, by name: there are few.</summary>
    public async Task<Result<IReadOnlyList<PacProfileDetail>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.ReadPublications, "pac profiles", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        var names = await PacProfileNames.ReadAsync(db, cancellationToken);
        return (await db.PacProfiles.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken)).Select(names.Describe).ToArray();
    }

    public async Task<Result<PacProfileDetail>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.ReadPublications, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        PacProfile? row = await db.PacProfiles.AsNoTracking().SingleOrDefaultAsync(profile => profile.Id == id, cancellationToken);
        return row is null ? NotFound : (await PacProfileNames.ReadAsync(db, cancellationToken)).Describe(row);
    }

    /// <summary>The endpoints that a profile may name.</summary>
    public async Task<Result<IReadOnlyList<PacChoice>>> ChoicesAsync(Actor actor, CancellationToken cancellationToken) =>
        await _access.RequireAsync(actor, Permission.ReadPublications, "endpoints for pac profiles", cancellationToken) is { } refused ? refused
            : _published.Public.Select(endpoint => new PacChoice(endpoint.Name, $"{endpoint.Address} · {endpoint.Address.Transport.ToString().ToLowerInvariant()}")).ToArray();

    /// <summary>The file of a profile that is not saved yet, with everything that is wrong in it.</summary>
    public async Task<Result<PacPreview>> PreviewAsync(Actor actor, PacProfileInput input, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.ReadPublications, "pac preview", cancellationToken) is { } refused)
            return refused;
        var reading = new PacProfileReading(input, _published.Public);
        return new PacPreview(new PacDocument(PacPlans.Of(reading.Profile, _published.Public, _settings.Current)), reading.Errors);
    }

    /// <summary>Errors name the field: <c>bypass</c>, <c>routes[1].hosts</c> …</summary>
    public async Task<Result<Guid>> CreateAsync(Actor actor, PacProfileInput input, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.EditPublications, "new pac profile", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await db.PacProfiles.CountAsync(cancellationToken) >= PacProfileReading.MostProfiles)
            return new Error("too_many_profiles", $"There are {PacProfileReading.MostProfiles} PAC profiles, the most that there may be. Delete one first.");
        var row = new PacProfile { Name = input.Name };
        if (await ApplyAsync(db, actor, row, input, cancellationToken) is { } fault)
            return fault;
        db.PacProfiles.Add(row);
        _audit.Add(db, actor, AuditAction.PacProfileCreated, Target(row), after: (await PacProfileNames.ReadAsync(db, cancellationToken)).Snapshot(row));
        return await SaveAsync(db, row, cancellationToken) is { } error ? error : row.Id;
    }

    /// <summary>Saves the fields, unless someone else changed the profile since <paramref name="version"/> was read.</summary>
    public async Task<Result> ChangeAsync(Actor actor, Guid id, PacProfileInput input, long version, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.EditPublications, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await db.PacProfiles.SingleOrDefaultAsync(profile => profile.Id == id, cancellationToken) is not { } row)
            return NotFound;
        if (row.Version != version)
            return Conflict;
        var names = await PacProfileNames.ReadAsync(db, cancellationToken);
        PacProfileSnapshot before = names.Snapshot(row);
        if (await ApplyAsync(db, actor, row, input, cancellationToken) is { } fault)
            return fault;
        PacProfileSnapshot after = names.Snapshot(row);
        _audit.Add(db, actor, AuditAction.PacProfileChanged, Target(row), before.Without(after), after.Without(before));
        return await SaveAsync(db, row, cancellationToken) is { } error ? error : Result.Success;
    }

    /// <summary>Deletes a profile: its address answers 404 from then on, and without a default one the files of <c>/proxy.pac</c> are every public endpoint again.</summary>
    public async Task<Result> DeleteAsync(Actor actor, Guid id, long version, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.EditPublications, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await db.PacProfiles.SingleOrDefaultAsync(profile => profile.Id == id, cancellationToken) is not { } row)
            return NotFound;
        if (row.Version != version)
            return Conflict;
        db.PacProfiles.Remove(row);
        _audit.Add(db, actor, AuditAction.PacProfileDeleted, Target(row), before: (await PacProfileNames.ReadAsync(db, cancellationToken)).Snapshot(row));
        return await SaveAsync(db, row, cancellationToken) is { } error ? error : Result.Success;
    }

    private async Task<Error?> ApplyAsync(PortalDbContext db, Actor actor, PacProfile row, PacProfileInput input, CancellationToken cancellationToken)
    {
        var reading = new PacProfileReading(input, _published.Public);
        if (reading.Errors.Count > 0)
            return reading.Errors[0];
        if (await db.PacProfiles.AnyAsync(profile => profile.Id != row.Id && profile.Name == input.Name, cancellationToken))
            return Taken(input.Name);
        reading.ApplyTo(row);
        if (!input.IsDefault)
            return null;
        // One default at most: the new one takes the place of the former, in the same act.
        foreach (PacProfile former in await db.PacProfiles.Where(profile => profile.IsDefault && profile.Id != row.Id).ToListAsync(cancellationToken))
        {
            former.IsDefault = false;
            _audit.Add(db, actor, AuditAction.PacProfileChanged, Target(former), new { IsDefault = true }, new { IsDefault = false });
        }
        return null;
    }

    private static async Task<Error?> SaveAsync(PortalDbContext db, PacProfile row, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict;
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Two at once: a unique index decided, that of the names or that of the default.
            return await db.PacProfiles.AsNoTracking().AnyAsync(profile => profile.Id != row.Id && profile.Name == row.Name, cancellationToken) ? Taken(row.Name) : Conflict;
        }
    }

    private static AuditTarget Target(PacProfile row) => new("pac_profile", row.Id, row.Name);

    private static Error Taken(string name) => new("name_taken", $"There is already a PAC profile {name}.", "name");
}
