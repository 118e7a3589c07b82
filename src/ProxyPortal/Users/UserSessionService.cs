using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Users;

/// <summary>A browser in which somebody is signed in.</summary>
public sealed record UserSession(Guid Id, string? Browser, string? Address, DateTimeOffset SignedInAt, DateTimeOffset LastSeenAt, bool SecondFactor);

/// <summary>Where a user is signed in to the portal: for everyone about themselves, and for those who help users; accounts with a role are for those who give roles.</summary>
public sealed class UserSessionService
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly SignInSessions _sessions;
    private readonly AccessControl _access;
    private readonly AuditTrail _audit;

    internal UserSessionService(IDbContextFactory<PortalDbContext> contexts, SignInSessions sessions, AccessControl access, AuditTrail audit) =>
        (_contexts, _sessions, _access, _audit) = (contexts, sessions, access, audit);

    /// <summary>The live ones, last used first.</summary>
    public async Task<Result<IReadOnlyList<UserSession>>> ListAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        Result<User> found = await FindAsync(db, actor, userId, cancellationToken);
        if (found.Error is { } error)
            return error;
        IReadOnlyList<SignInSession> sessions = await _sessions.ListAsync(userId, cancellationToken);
        return sessions.Select(one => new UserSession(one.Id, one.Browser, one.Address, one.CreatedAt, one.LastSeenAt, one.SecondFactor)).ToArray();
    }

    /// <summary>Ends one session, or with no <paramref name="id"/> all; open pages notice within a minute. Ending what has ended is no fault.</summary>
    public async Task<Result> EndAsync(Actor actor, Guid userId, Guid? id, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        Result<User> found = await FindAsync(db, actor, userId, cancellationToken);
        if (found.Error is { } error)
            return error;
        List<SignInSession> sessions = await db.SignInSessions.Where(row => row.UserId == userId && (id == null || row.Id == id)).ToListAsync(cancellationToken);
        if (sessions.Count == 0)
            return Result.Success;
        db.SignInSessions.RemoveRange(sessions);
        _audit.Add(db, actor, AuditAction.SessionEnded, new AuditTarget("user", userId, found.Value.UserName!), after: new { Ended = sessions.Count });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return UserService.Conflict;
        }
        return Result.Success;
    }

    private async Task<Result<User>> FindAsync(PortalDbContext db, Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        if (actor.Id == userId && actor.Token is null)
            return await db.Users.SingleOrDefaultAsync(user => user.Id == userId && user.DeletedAt == null, cancellationToken) is { } self ? self : UserService.NotFound;
        if (await _access.RequireAsync(actor, Permission.HelpUsers, $"sessions {userId}", cancellationToken) is { } refused)
            return refused;
        RoleScope scope = await _access.ScopeOfAsync(actor, cancellationToken);
        if (await scope.Of(db.Users).SingleOrDefaultAsync(user => user.Id == userId, cancellationToken) is not { } found)
            return UserService.NotFound;
        return found.Role is not PortalRole.None && await _access.RequireAsync(actor, Permission.EditRoles, $"sessions {userId}", cancellationToken) is { } forbidden ? forbidden : found;
    }
}
