using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Users.Import;

namespace ProxyPortal.Users.Export;

/// <summary>Writes users as CSV, some thousand at a time and never all of them in memory. No secret and no hash is among the columns.</summary>
public sealed class UserExportService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, TimeProvider time)
{
    private const int BatchSize = 1_000;

    public const string ContentType = "text/csv; charset=utf-8";

    public static IReadOnlyList<string> Columns { get; } =
        ["userId", "displayName", "email", "kind", "status", "groups", "tags", "owner", "validFrom", "validUntil", "daysFromFirstUse", "lastSeen", "createdAt", "notes"];

    /// <summary>Checks and notes the export; only then anything is written. Errors: <c>search_too_long</c>.</summary>
    /// <returns>Writes the users to a stream.</returns>
    public async Task<Result<Func<Stream, CancellationToken, Task>>> PrepareAsync(Actor actor, UserQuery query, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "export", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RoleScope scope = await access.ScopeOfAsync(actor, cancellationToken);
        if (db.Users.Matching(query, new IdleRules(), time.GetUtcNow()).Error is { } error)
            return error;
        audit.Add(db, actor, AuditAction.UsersExported, new AuditTarget("users", null, "users"), after: new { query.Search, Status = query.Status?.Code(), query.Tag, query.Group });
        await db.SaveChangesAsync(cancellationToken);
        return (Func<Stream, CancellationToken, Task>)((stream, cancel) => WriteAsync(scope, query, stream, cancel));
    }

    private async Task WriteAsync(RoleScope scope, UserQuery query, Stream stream, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        IdleRules idle = await IdleRules.LoadAsync(db, cancellationToken);
        Expression<Func<Device, bool>> usable = DeviceQueries.IsUsable(now);
        IQueryable<User> users = scope.Of(db.Users).Matching(query, idle, now).Value;
        var text = new StringBuilder("\uFEFF");
        CsvText.AppendRow(text, [.. Columns]);
        Guid last = Guid.Empty;
        while (true)
        {
            var batch = await users.AsNoTracking().Where(user => user.Id > last).OrderBy(user => user.Id).Take(BatchSize).Select(user => new
            {
                user.Id,
                user.UserName,
                user.DisplayName,
                user.Email,
                user.Kind,
                Status = UserStatuses.Of(now, user.DeletedAt != null, user.SuspendedAt != null, user.ValidFrom, user.ValidUntil, user.Role, user.PasswordHash != null, user.Devices.AsQueryable().Any(usable)),
                user.Tags,
                Groups = user.Groups.OrderBy(group => group.Name).Select(group => group.Name).ToList(),
                Owner = db.Users.Where(owner => owner.Id == user.OwnerId).Select(owner => owner.UserName).FirstOrDefault(),
                user.ValidFrom,
                user.ValidUntil,
                user.DaysFromFirstUse,
                user.LastUsedAt,
                user.CreatedAt,
                user.Notes,
            }).ToListAsync(cancellationToken);
            IReadOnlySet<Guid> unused = await idle.AmongAsync(db, [.. batch.Select(user => user.Id)], now, cancellationToken);
            foreach (var user in batch)
            {
                CsvText.AppendRow(text, user.UserName, user.DisplayName, user.Email, user.Kind is UserKind.Service ? "service" : "person", user.Status.UnlessIdle(unused.Contains(user.Id)).Code(),
                    string.Join("; ", user.Groups), string.Join("; ", user.Tags), user.Owner, Time(user.ValidFrom), Time(user.ValidUntil),
                    user.DaysFromFirstUse?.ToString(CultureInfo.InvariantCulture), Time(user.LastUsedAt), Time(user.CreatedAt), user.Notes);
            }
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            text.Clear();
            if (batch.Count < BatchSize)
                return;
            last = batch[^1].Id;
        }
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
