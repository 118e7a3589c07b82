using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

/// <summary>Filters of the audit page; null = any. <see cref="To"/> itself is not included.</summary>
public sealed record AuditQuery(
    string? Search = null, string? Action = null, Guid? TargetId = null, int Page = 0, int PageSize = 50,
    Guid? ActorId = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Filters entries in SQL.</summary>
internal static class AuditQueries
{
    /// <summary>Errors: <c>search_too_long</c>.</summary>
    public static Result<IQueryable<AuditEntry>> Matching(this PortalDbContext db, AuditQuery query)
    {
        if (query.Search is { Length: > LikePattern.LongestSearch })
            return new Error("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
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
        return ResultOf(string.IsNullOrWhiteSpace(query.Search) ? entries : Search(db, entries, LikePattern.Containing(query.Search)));
    }

    // SQLite's LIKE takes A for a; PostgreSQL has an operator of its own for that.
    private static IQueryable<AuditEntry> Search(PortalDbContext db, IQueryable<AuditEntry> entries, string pattern) => db.Database.IsNpgsql()
        ? entries.Where(entry => EF.Functions.ILike(entry.ActorName, pattern, LikePattern.Escape)
            || EF.Functions.ILike(entry.TargetName, pattern, LikePattern.Escape) || EF.Functions.ILike(entry.Address!, pattern, LikePattern.Escape))
        : entries.Where(entry => EF.Functions.Like(entry.ActorName, pattern, LikePattern.Escape)
            || EF.Functions.Like(entry.TargetName, pattern, LikePattern.Escape) || EF.Functions.Like(entry.Address!, pattern, LikePattern.Escape));

    private static Result<T> ResultOf<T>(T value) => value;
}
