using System.Text;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Users;

namespace ProxyPortal.Verification;

/// <summary>Reads what verification needs from the database into models: all of it at start, single entries after a change.</summary>
internal sealed class DirectoryIndexLoader(IDbContextFactory<PortalDbContext> contexts, DirectoryIndex index)
{
    private Dictionary<Guid, GroupRules> _groups = [];
    private readonly Dictionary<string, MemberRules> _combined = [];

    /// <summary>Loads everything and returns the cursor behind the last change it includes.</summary>
    public async Task<ChangeCursor> LoadAllAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        // The sequence first: a change that lands while we read is read again, which does no harm.
        long sequence = await db.DirectoryChanges.MaxAsync(change => (long?)change.Sequence, cancellationToken) ?? 0;
        ChangeCursor cursor = await ChangeCursor.AtAsync(db, sequence, now, cancellationToken);
        await ReloadCallersAsync(db, cancellationToken);
        await ReloadGroupsAsync(db, cancellationToken);
        ILookup<Guid, DeviceRow> devices = (await DeviceRows(db.Devices).ToListAsync(cancellationToken)).ToLookup(device => device.UserId);
        ILookup<Guid, Guid> memberships = (await Memberships(db, null).ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.GroupId);
        var present = new HashSet<Guid>();
        await foreach (UserRow row in UserRows(db.Users).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            present.Add(row.Id);
            index.Put(ToModel(row, devices[row.Id], memberships[row.Id]));
        }
        index.RemoveAllBut(present);
        return cursor;
    }

    /// <summary>Reads again what the changes name.</summary>
    public async Task ApplyAsync(PortalDbContext db, IReadOnlyCollection<DirectoryChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Any(change => change.Part is DirectoryPart.Proxy))
            await ReloadCallersAsync(db, cancellationToken);
        HashSet<Guid> users = [.. changes.Where(change => change.Part is DirectoryPart.User).Select(change => change.EntityId)];
        List<Guid> groups = [.. changes.Where(change => change.Part is DirectoryPart.Group).Select(change => change.EntityId)];
        if (groups.Count > 0)
        {
            // Who was a member of a group that is gone now can be seen only here: the database removed the memberships with it.
            HashSet<string> former = [.. groups.Select(id => _groups.GetValueOrDefault(id)?.Name).OfType<string>()];
            users.UnionWith(index.MembersOf(former));
            await ReloadGroupsAsync(db, cancellationToken);
            users.UnionWith(await db.Users.Where(user => user.Groups.Any(group => groups.Contains(group.Id) || groups.Contains(group.ExpiryPolicyId!.Value)))
                .Select(user => user.Id).ToListAsync(cancellationToken));
        }
        foreach (Guid[] batch in users.Chunk(500))
            await ReloadUsersAsync(db, batch, cancellationToken);
    }

    private async Task ReloadUsersAsync(PortalDbContext db, Guid[] ids, CancellationToken cancellationToken)
    {
        ILookup<Guid, DeviceRow> devices = (await DeviceRows(db.Devices.Where(device => ids.Contains(device.UserId))).ToListAsync(cancellationToken)).ToLookup(device => device.UserId);
        ILookup<Guid, Guid> memberships = (await Memberships(db, ids).ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.GroupId);
        List<UserRow> rows = await UserRows(db.Users.Where(user => ids.Contains(user.Id))).ToListAsync(cancellationToken);
        foreach (UserRow row in rows)
            index.Put(ToModel(row, devices[row.Id], memberships[row.Id]));
        foreach (Guid gone in ids.Except(rows.Select(row => row.Id)))
            index.Remove(gone);
    }

    private async Task ReloadCallersAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        List<EndpointModel> endpoints = await db.ProxyEndpoints.AsNoTracking()
            .Select(endpoint => new EndpointModel(endpoint.Id, endpoint.Name, endpoint.ProxyId, endpoint.Schemes)).ToListAsync(cancellationToken);
        Dictionary<Guid, CallerModel> callers = await db.Proxies.AsNoTracking().Select(proxy => new { proxy.Id, proxy.Name }).ToDictionaryAsync(
            proxy => proxy.Id,
            proxy => new CallerModel { ProxyId = proxy.Id, Name = proxy.Name, Endpoints = [.. endpoints.Where(endpoint => endpoint.ProxyId == proxy.Id)] },
            cancellationToken);
        var keys = await db.CallerKeys.AsNoTracking().Where(key => key.RevokedAt == null).Select(key => new { key.Id, key.Digest, key.ProxyId }).ToListAsync(cancellationToken);
        index.Replace(new CallerTable(keys.Where(key => callers.ContainsKey(key.ProxyId)).Select(key => new CallerKeyModel(key.Id, key.Digest, callers[key.ProxyId]))));
    }

    private async Task ReloadGroupsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        _groups = await db.Groups.AsNoTracking()
            .Select(group => new GroupRules(group.Id, group.Name, group.Schemes, group.Endpoints.Select(endpoint => endpoint.Id).ToArray(), group.ExpiryPolicy!.DeviceSecretMaxAgeDays))
            .ToDictionaryAsync(group => group.Id, cancellationToken);
        _combined.Clear();
    }

    private UserModel ToModel(UserRow row, IEnumerable<DeviceRow> devices, IEnumerable<Guid> groupIds)
    {
        MemberRules rules = Combine(groupIds);
        return new UserModel
        {
            Id = row.Id,
            UserId = row.UserId,
            PasswordVersion = row.PasswordVersion,
            // The sign-in password of an account that can act in the portal must not travel through proxies.
            PasswordHash = row.PasswordHash is null || row.Role is not PortalRole.None ? null : Encoding.ASCII.GetBytes(row.PasswordHash),
            Suspended = row.SuspendedAt is not null,
            ValidFrom = row.ValidFrom?.UtcTicks ?? 0,
            ValidUntil = row.ValidUntil?.UtcTicks ?? long.MaxValue,
            Access = rules.Access,
            Devices = [.. devices.Select(device => ToModel(device, rules))],
        };
    }

    private static DeviceModel ToModel(DeviceRow row, MemberRules rules) => new()
    {
        Id = row.Id,
        Name = row.Name,
        State = row.State,
        SecretDigest = row.SecretDigest,
        ExpiresAt = row.ExpiresAt?.UtcTicks ?? long.MaxValue,
        SecretExpiresAt = rules.DeviceSecretMaxAgeDays is { } days ? EndAfter(row.SecretIssuedAt, days) : long.MaxValue,
    };

    // A policy beyond the calendar means "never"; an exception here would keep every later change from being read.
    private static long EndAfter(DateTimeOffset start, int days) =>
        days < (DateTimeOffset.MaxValue - start).TotalDays ? start.UtcTicks + days * TimeSpan.TicksPerDay : long.MaxValue;

    /// <summary>The strictest of all groups, made once for each combination of groups that occurs.</summary>
    private MemberRules Combine(IEnumerable<Guid> groupIds)
    {
        List<GroupRules> groups = [.. groupIds.Select(id => _groups.GetValueOrDefault(id)).OfType<GroupRules>().OrderBy(group => group.Name, StringComparer.Ordinal)];
        if (groups.Count == 0)
            return MemberRules.None;
        string key = string.Join('\n', groups.Select(group => group.Name));
        if (!_combined.TryGetValue(key, out MemberRules? rules))
            _combined[key] = rules = MemberRules.Strictest(groups);
        return rules;
    }

    private static IQueryable<UserRow> UserRows(IQueryable<User> users) => users.AsNoTracking().Where(user => user.DeletedAt == null)
        .Select(user => new UserRow(user.Id, user.UserName!, user.PasswordHash, user.PasswordVersion, user.Role, user.SuspendedAt, user.ValidFrom, user.ValidUntil));

    private static IQueryable<DeviceRow> DeviceRows(IQueryable<Device> devices) => devices.AsNoTracking()
        .Select(device => new DeviceRow(device.Id, device.UserId, device.Name, device.State, device.SecretDigest, device.ExpiresAt, device.SecretIssuedAt));

    private static IQueryable<Membership> Memberships(PortalDbContext db, Guid[]? users) => db.Users
        .Where(user => user.Groups.Count > 0 && (users == null || users.Contains(user.Id)))
        .SelectMany(user => user.Groups, (user, group) => new Membership(user.Id, group.Id));

    private sealed record UserRow(Guid Id, string UserId, string? PasswordHash, long PasswordVersion, PortalRole Role, DateTimeOffset? SuspendedAt, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil);

    private sealed record DeviceRow(Guid Id, Guid UserId, string Name, DeviceState State, byte[] SecretDigest, DateTimeOffset? ExpiresAt, DateTimeOffset SecretIssuedAt);

    private sealed record Membership(Guid UserId, Guid GroupId);
}
