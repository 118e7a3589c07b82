using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Notices;

/// <summary>How somebody wants to be told.</summary>
/// <param name="Mailed">The kinds that come by mail.</param>
/// <param name="Daily">Whether what can wait comes in one mail a day.</param>
/// <param name="HasAddress">Whether there is an address to write to.</param>
internal sealed record NoticeWishes(IReadOnlySet<NoticeKind> Mailed, bool Daily, bool HasAddress);

/// <summary>Everyone chooses for themselves, and for nobody else.</summary>
internal sealed class NoticeChoices(IDbContextFactory<PortalDbContext> contexts, AuditTrail audit)
{
    public async Task<Result<NoticeWishes>> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, actor, cancellationToken) is { } user
            ? new NoticeWishes(Enum.GetValues<NoticeKind>().Where(kind => !user.IsMuted(kind)).ToHashSet(), user.NoticeDigest, user.Email is not null)
            : AccessControl.Forbidden;
    }

    /// <summary>What protects the account stays on, whatever is asked for.</summary>
    public async Task<Result> SaveAsync(Actor actor, IReadOnlySet<NoticeKind> mailed, bool daily, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, actor, cancellationToken) is not { } user)
            return AccessControl.Forbidden;
        object before = Describe(user);
        user.MutedNotices = Enum.GetValues<NoticeKind>().Where(kind => !mailed.Contains(kind) && !NoticeChoice.IsAlwaysMailed(kind)).Aggregate(0L, (bits, kind) => bits | (1L << (int)kind));
        user.NoticeDigest = daily;
        audit.Add(db, actor, AuditAction.NoticesChosen, UserAudit.Target(user), before, Describe(user));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return UserService.Conflict;
        }
    }

    private static object Describe(User user) => new { user.MutedNotices, user.NoticeDigest };

    private static async Task<User?> FindAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken) =>
        actor.Id is { } id ? await db.Users.SingleOrDefaultAsync(user => user.Id == id && user.DeletedAt == null, cancellationToken) : null;
}
