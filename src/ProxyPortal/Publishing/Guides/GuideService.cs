using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Writing guides: each save is a version that nobody changes any more, and publishing names the one that readers see.</summary>
public sealed class GuideService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, SettingsService settings, TimeProvider time)
{
    public static Error NotFound { get; } = new("not_found", "There is no such guide.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this guide meanwhile. Look at the new state and try again.");

    public static Error NotOwn { get; } = new("guide_shipped", "This guide came with the portal. Make it your own first.");

    /// <summary>All guides that hold the words of <paramref name="search"/>, the shipped ones too as long as they are not replaced. They are few.</summary>
    public async Task<Result<IReadOnlyList<GuideSummary>>> ListAsync(Actor actor, string? search, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadPublications, "guides", cancellationToken) is { } refused)
            return refused;
        if (search is { Length: > LikePattern.LongestSearch })
            return new Error("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return Result(await GuideQueries.ListAsync(db, await ReadValuesAsync(db, cancellationToken), search, cancellationToken));
    }

    /// <summary>A guide with its newest text; one that ships is told of without versions.</summary>
    public async Task<Result<GuideDetail>> GetAsync(Actor actor, string slug, string language, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadPublications, Name(slug, language), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await GuideQueries.FindAsync(db, slug, language, cancellationToken) is { } guide ? guide : NotFound;
    }

    /// <summary>The text that somebody saved as a version.</summary>
    public async Task<Result<GuideVersionText>> GetVersionAsync(Actor actor, string slug, string language, int number, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadPublications, Name(slug, language), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await GuideQueries.TextOfAsync(db, slug, language, number, cancellationToken) is { } text ? text : NotFound;
    }

    /// <summary>Every value that a guide can name, for whoever writes one.</summary>
    public async Task<Result<GuideValues>> ValuesAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadPublications, "guide values", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadValuesAsync(db, cancellationToken);
    }

    /// <summary>Begins a guide with its first version, which nobody reads yet. Errors name the field.</summary>
    public async Task<Result> CreateAsync(Actor actor, string slug, string language, GuideInput input, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditPublications, "new guide", cancellationToken) is { } refused)
            return refused;
        if ((GuideInputRules.CheckName(slug, language) ?? GuideInputRules.Check(input)) is { } fault)
            return fault;
        return await AddAsync(actor, slug, language, input, isPublished: false, cancellationToken);
    }

    /// <summary>Makes a shipped guide the organisation's own: its first version is the shipped text, and readers see it as before.</summary>
    public async Task<Result> CopyAsync(Actor actor, string slug, string language, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditPublications, Name(slug, language), cancellationToken) is { } refused)
            return refused;
        return ShippedGuides.Find(slug, language) is not { } shipped
            ? NotFound
            : await AddAsync(actor, slug, language, new GuideInput { Title = shipped.Title, Text = shipped.Text, Position = shipped.Position }, isPublished: true, cancellationToken);
    }

    /// <summary>Saves the fields: a new title or text becomes a new version, which nobody reads yet.</summary>
    public Task<Result> SaveAsync(Actor actor, string slug, string language, GuideInput input, long version, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, language, version, AuditAction.GuideChanged, async (db, guide) =>
        {
            if (GuideInputRules.Check(input) is { } fault)
                return fault;
            (guide.Visibility, guide.Position) = (input.Visibility, input.Position);
            return await AddVersionAsync(db, guide, actor, input.Title, input.Text, cancellationToken);
        }, cancellationToken);

    /// <summary>Saves an old version once more as the newest. Readers see it when it is published.</summary>
    public Task<Result> RestoreAsync(Actor actor, string slug, string language, int number, long version, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, language, version, AuditAction.GuideChanged, async (db, guide) =>
            await GuideQueries.TextOfAsync(db, slug, language, number, cancellationToken) is { } old
                ? await AddVersionAsync(db, guide, actor, old.Title, old.Text, cancellationToken) : NotFound, cancellationToken);

    /// <summary>Shows a version to readers. Errors: <c>placeholder_unknown</c> on <c>text</c>, which names each broken placeholder with its line.</summary>
    public Task<Result> PublishAsync(Actor actor, string slug, string language, int number, long version, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, language, version, AuditAction.GuidePublished, async (db, guide) =>
        {
            if (await GuideQueries.TextOfAsync(db, slug, language, number, cancellationToken) is not { } text)
                return NotFound;
            if (GuideProblems.Refusal(text.Text, await ReadValuesAsync(db, cancellationToken)) is { } fault)
                return fault;
            guide.PublishedNumber = number;
            return null;
        }, cancellationToken);

    /// <summary>Takes a guide away from its readers; its versions stay.</summary>
    public Task<Result> WithdrawAsync(Actor actor, string slug, string language, long version, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, language, version, AuditAction.GuideWithdrawn, (_, guide) =>
        {
            guide.PublishedNumber = null;
            return Task.FromResult<Error?>(null);
        }, cancellationToken);

    /// <summary>Deletes a guide with all its versions for good. Where one of its name ships, readers see that one again.</summary>
    public Task<Result> DeleteAsync(Actor actor, string slug, string language, long version, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, language, version, AuditAction.GuideDeleted, (db, guide) =>
        {
            db.Guides.Remove(guide);
            return Task.FromResult<Error?>(null);
        }, cancellationToken);

    private async Task<Result> AddAsync(Actor actor, string slug, string language, GuideInput input, bool isPublished, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Guides.AnyAsync(row => row.Slug == slug && row.Language == language, cancellationToken))
            return Taken(slug, language);
        var guide = new Guide { Slug = slug, Language = language, Visibility = input.Visibility, Position = input.Position, PublishedNumber = isPublished ? 1 : null };
        if (await AddVersionAsync(db, guide, actor, input.Title, input.Text, cancellationToken) is { } fault)
            return fault;
        db.Guides.Add(guide);
        audit.Add(db, actor, AuditAction.GuideCreated, Target(guide), after: await SnapshotAsync(db, guide, cancellationToken));
        return await SaveAsync(db, guide, cancellationToken);
    }

    private async Task<Result> ChangeAsync(
        Actor actor, string slug, string language, long version, string action, Func<PortalDbContext, Guide, Task<Error?>> change, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditPublications, Name(slug, language), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Guide? guide = await db.Guides.SingleOrDefaultAsync(row => row.Slug == slug && row.Language == language, cancellationToken);
        if (guide is null)
            return ShippedGuides.Find(slug, language) is null ? NotFound : NotOwn;
        if (guide.Version != version)
            return Conflict;
        object before = await SnapshotAsync(db, guide, cancellationToken);
        if (await change(db, guide) is { } fault)
            return fault;
        db.ChangeTracker.DetectChanges();
        if (!db.ChangeTracker.HasChanges())
            return Core.Result.Success;
        bool isGone = db.Entry(guide).State is EntityState.Deleted;
        audit.Add(db, actor, action, Target(guide), before, isGone ? null : await SnapshotAsync(db, guide, cancellationToken));
        // The texts stand elsewhere, but who saves one edits the guide: two who do so at once must not both win, and what is kept in memory must hear of it.
        if (!isGone)
            db.Entry(guide).Property(row => row.Position).IsModified = true;
        return await SaveAsync(db, guide, cancellationToken);
    }

    // Nothing when the newest version says the same.
    private async Task<Error?> AddVersionAsync(PortalDbContext db, Guide guide, Actor actor, string title, string text, CancellationToken cancellationToken)
    {
        (title, text) = (title.Trim(), text.ReplaceLineEndings("\n"));
        if (GuideMarkdown.Render(text, GuideValues.ForWriter(settings.Current, []), "").Error is { } fault)
            return fault;
        GuideVersion? newest = await GuideQueries.VersionsOf(db, guide.Id).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        if (newest?.Title == title && newest.Text == text)
            return null;
        db.Add(new GuideVersion { GuideId = guide.Id, Number = (newest?.Number ?? 0) + 1, Title = title, Text = text, SavedAt = time.GetUtcNow(), SavedBy = actor.Name });
        return null;
    }

    private async Task<GuideValues> ReadValuesAsync(PortalDbContext db, CancellationToken cancellationToken) => GuideValues.ForWriter(settings.Current,
        (await ConnectService.ReadAsync(db.ProxyEndpoints, cancellationToken)).Select(endpoint => ConnectEndpoint.Of(endpoint, (Core.Http.AuthSchemes)~0)));

    // Of the texts the trail names the number: what stands in them is kept anyway.
    private static async Task<object> SnapshotAsync(PortalDbContext db, Guide guide, CancellationToken cancellationToken)
    {
        GuideVersion? added = db.ChangeTracker.Entries<GuideVersion>().Select(entry => entry.Entity).FirstOrDefault(row => row.GuideId == guide.Id);
        int newest = added?.Number ?? await GuideQueries.VersionsOf(db, guide.Id).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
        return new { Newest = newest, guide.PublishedNumber, guide.Visibility, guide.Position };
    }

    private static async Task<Result> SaveAsync(PortalDbContext db, Guide guide, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Core.Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict;
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Two at once: the unique index decided, of the guide or of its next version.
            return db.Entry(guide).State is EntityState.Added ? Taken(guide.Slug, guide.Language) : Conflict;
        }
    }

    private static Result<IReadOnlyList<GuideSummary>> Result(IReadOnlyList<GuideSummary> guides) => new List<GuideSummary>(guides);

    private static AuditTarget Target(Guide guide) => new("guide", guide.Id, Name(guide.Slug, guide.Language));

    // Whatever is asked for: the trail clips what is too long.
    private static string Name(string slug, string language) => $"{slug}/{language}";

    private static Error Taken(string slug, string language) => new("slug_taken", $"There is already a guide {slug} in this language ({language}).", "slug");
}
