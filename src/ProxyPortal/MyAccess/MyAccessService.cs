using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Publishing;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.MyAccess;

/// <summary>Tells the signed-in user about their own access, and nobody about anyone else's.</summary>
public sealed class MyAccessService
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly DirectoryIndex _index;
    private readonly PlannedChanges _planned;
    private readonly TimeProvider _time;

    internal MyAccessService(IDbContextFactory<PortalDbContext> contexts, DirectoryIndex index, PlannedChanges planned, TimeProvider time) =>
        (_contexts, _index, _planned, _time) = (contexts, index, planned, time);

    public async Task<Result<MyAccessState>> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Id is not { } id)
            return AccessControl.Forbidden;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await DescribeAsync(db, id, cancellationToken) is { } found ? found : UserService.NotFound;
    }

    /// <summary>What this user sees of their access; null where there is none.</summary>
    internal async Task<MyAccessState?> DescribeAsync(PortalDbContext db, Guid id, CancellationToken cancellationToken)
    {
        User? user = await db.Users.AsNoTracking().Include(row => row.Groups).ThenInclude(group => group.Endpoints)
            .SingleOrDefaultAsync(row => row.Id == id && row.DeletedAt == null, cancellationToken);
        if (user is null)
            return null;
        IReadOnlyList<ConnectEndpoint> endpoints = await ConnectService.OfAsync(db, user, cancellationToken);
        MemberDeviceRules devices = await MemberDeviceRules.OfAsync(db, id, cancellationToken);
        return new MyAccessState(
            user.Id, user.UserName!, user.DisplayName, user.Role, user.Email, user.ValidFrom, user.ValidUntil,
            _index.FindUser(user.UserName!) is { } model && model.Id == id ? AccessVerdict.Of(model, _time.GetUtcNow()) : AccessVerdict.Nothing,
            endpoints,
            new MyRules(
                [.. user.Groups.Select(group => group.Name).Order(StringComparer.Ordinal)],
                [.. user.Groups.Where(group => group.Hours is not null).Select(group => $"{group.Hours} ({group.TimeZone ?? "UTC"})").Distinct(StringComparer.Ordinal)],
                [.. user.Groups.Where(group => group.Networks.Count > 0).Select(group => string.Join(", ", group.Networks)).Distinct(StringComparer.Ordinal)],
                user.Groups.Exists(group => group.DeviceSecretsOnly), devices.Limit, devices.NeedApproval, devices.OverlapFor(null)))
        {
            Changes = await _planned.ListAsync(db, id, endpoints, cancellationToken),
        };
    }
}
