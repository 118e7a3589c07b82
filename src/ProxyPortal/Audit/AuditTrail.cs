using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

/// <summary>What an entry is about.</summary>
public sealed record AuditTarget(string Kind, Guid? Id, string Name);

/// <summary>Filters of the audit page; null = any. <see cref="To"/> itself is not included.</summary>
public sealed record AuditQuery(
    string? Search = null, string? Action = null, Guid? TargetId = null, int Page = 0, int PageSize = 50,
    Guid? ActorId = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Writes audit entries into the transaction of the change itself, and reads them.</summary>
public sealed class AuditTrail(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public const int LargestPage = 200;

    // Stored as people read it: "ü" stays "ü". The pages encode on output.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds an entry to <paramref name="db"/>, to be saved with the change it tells of. Of <paramref name="before"/> and
    /// <paramref name="after"/> (records without secrets) only what differs is kept.</summary>
    public void Add(PortalDbContext db, Actor actor, string action, AuditTarget target, object? before = null, object? after = null)
    {
        JsonObject? was = before is null ? null : JsonSerializer.SerializeToNode(before, Json)!.AsObject();
        JsonObject? became = after is null ? null : JsonSerializer.SerializeToNode(after, Json)!.AsObject();
        if (was is not null && became is not null)
            KeepDifferences(was, became);
        db.AuditEntries.Add(new AuditEntry
        {
            At = time.GetUtcNow(),
            ActorId = actor.Id,
            ActorName = Clip(actor.Name),
            Address = actor.Address?.ToString(),
            Action = action,
            TargetKind = target.Kind,
            TargetId = target.Id,
            TargetName = Clip(target.Name),
            Before = was?.ToJsonString(Json),
            After = became?.ToJsonString(Json),
        });
    }

    /// <summary>Writes an entry that stands alone: a sign-in, a refusal.</summary>
    public async Task WriteAsync(Actor actor, string action, AuditTarget target, object? after = null, CancellationToken cancellationToken = default)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Add(db, actor, action, target, after: after);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A page of entries, newest first.</summary>
    public async Task<Result<PageOf<AuditEntry>>> ListAsync(Actor actor, AuditQuery query, CancellationToken cancellationToken)
    {
        if (!actor.Role.Has(Permission.ReadAudit))
        {
            await WriteAsync(actor, AuditAction.Refused, new AuditTarget("permission", null, $"{Permission.ReadAudit} list"), cancellationToken: cancellationToken);
            return AccessControl.Forbidden;
        }
        if (query.Search is { Length: > LikePattern.LongestSearch })
            return new Error("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<AuditEntry> entries = db.AuditEntries.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(query.Action))
            entries = entries.Where(entry => entry.Action == query.Action);
        if (query.TargetId is { } target)
            entries = entries.Where(entry => entry.TargetId == target);
        if (query.ActorId is { } by)
            entries = entries.Where(entry => entry.ActorId == by);
        if (query.From is { } from)
            entries = entries.Where(entry => entry.At >= from);
        if (query.To is { } to)
            entries = entries.Where(entry => entry.At < to);
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            string pattern = LikePattern.Containing(query.Search);
            // SQLite's LIKE takes A for a; PostgreSQL has an operator of its own for that.
            entries = db.Database.IsNpgsql()
                ? entries.Where(entry => EF.Functions.ILike(entry.ActorName, pattern, LikePattern.Escape)
                    || EF.Functions.ILike(entry.TargetName, pattern, LikePattern.Escape) || EF.Functions.ILike(entry.Address!, pattern, LikePattern.Escape))
                : entries.Where(entry => EF.Functions.Like(entry.ActorName, pattern, LikePattern.Escape)
                    || EF.Functions.Like(entry.TargetName, pattern, LikePattern.Escape) || EF.Functions.Like(entry.Address!, pattern, LikePattern.Escape));
        }
        return new PageOf<AuditEntry>(
            await entries.OrderByDescending(entry => entry.Id).AtPage(query.Page, query.PageSize, LargestPage).ToListAsync(cancellationToken),
            await entries.CountAsync(cancellationToken));
    }

    private static string Clip(string name) => name.Length <= 256 ? name : name[..256];

    private static void KeepDifferences(JsonObject before, JsonObject after)
    {
        foreach (string key in after.Select(property => property.Key).ToList())
        {
            if (JsonNode.DeepEquals(before[key], after[key]))
            {
                before.Remove(key);
                after.Remove(key);
            }
        }
    }
}
