using System.Text;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.Users;

namespace ProxyPortal.Verification;

/// <summary>Reads what verification needs from the database into models: all of it at start, single entries after a change.</summary>
internal sealed class DirectoryIndexLoader(IDbContextFactory<PortalDbContext> contexts, DirectoryIndex index, IEnumerable<IPublicationFollower> followers)
{
    private const int FormerSecretsKept = 3;
    private readonly GroupRuleBook _rules = new();
    private Dictionary<Guid, FormerSecretModel[]> _former = [];

    /// <summary>Loads everything and returns the cursor behind the last change it includes.</summary>
    public async Task<ChangeCursor> LoadAllAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        // The sequence first: a change that lands while we read is read again, which does no harm.
        long sequence = await db.DirectoryChanges.MaxAsync(change => (long?)change.Sequence, cancellationToken) ?? 0;
        ChangeCursor cursor = await ChangeCursor.AtAsync(db, sequence, now, cancellationToken);
        await ReloadCallersAsync(db, cancellationToken);
        await ReloadPublicationAsync(db, cancellationToken);
        await ReloadGroupsAsync(db, cancellationToken);
        _former = await FormerSecretsAsync(db.FormerSecrets, cancellationToken);
        await using DirectoryScan scan = await DirectoryScan.StartAsync(contexts, await BoundDevicesAsync(db, cancellationToken), cancellationToken);
        if (index.UserCount == 0)
            await FillAsync(scan, cancellationToken);
        else
            await RefillAsync(scan, cancellationToken);
        _former = [];
        return cursor;
    }

    private async Task FillAsync(DirectoryScan scan, CancellationToken cancellationToken)
    {
        List<UserModel> users = [];
        while (await scan.NextUserAsync(cancellationToken))
            users.Add(ToModel(scan.User, scan.Devices, scan.Groups));
        index.Fill(users);
    }

    // A used index is asked meanwhile; and only it can hold someone who is gone from the database.
    private async Task RefillAsync(DirectoryScan scan, CancellationToken cancellationToken)
    {
        HashSet<Guid> present = [];
        while (await scan.NextUserAsync(cancellationToken))
        {
            present.Add(scan.User.Id);
            index.Put(ToModel(scan.User, scan.Devices, scan.Groups));
        }
        index.RemoveAllBut(present);
    }

    /// <summary>Reads again what the changes name.</summary>
    public async Task ApplyAsync(PortalDbContext db, IReadOnlyCollection<DirectoryChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Any(change => change.Part is DirectoryPart.Proxy))
            await ReloadCallersAsync(db, cancellationToken);
        if (changes.Any(change => change.Part is DirectoryPart.Proxy or DirectoryPart.Publication))
            await ReloadPublicationAsync(db, cancellationToken);
        HashSet<Guid> users = [.. changes.Where(change => change.Part is DirectoryPart.User).Select(change => change.EntityId)];
        // Before the users: a new group may have its members from the same change.
        if (changes.Any(change => change.Part is DirectoryPart.Group))
            await ReloadGroupsAsync(db, cancellationToken);
        foreach (Guid[] batch in users.Chunk(500))
            await ReloadUsersAsync(db, batch, cancellationToken);
    }

    private async Task ReloadUsersAsync(PortalDbContext db, Guid[] ids, CancellationToken cancellationToken)
    {
        _former = await FormerSecretsAsync(db.FormerSecrets.Where(secret => ids.Contains(secret.UserId)), cancellationToken);
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
        List<EndpointModel> endpoints = [.. (await db.ProxyEndpoints.AsNoTracking()
            .Select(endpoint => new { endpoint.Id, endpoint.Name, endpoint.ProxyId, endpoint.Schemes, endpoint.SchemeOrder }).ToListAsync(cancellationToken))
            .Select(row => new EndpointModel(row.Id, row.Name, row.ProxyId, row.Schemes) { InOrder = AuthScheme.Split(row.Schemes, row.SchemeOrder) })];
        Dictionary<Guid, CallerModel> callers = await db.Proxies.AsNoTracking().Select(proxy => new { proxy.Id, proxy.Name, proxy.Realm }).ToDictionaryAsync(
            proxy => proxy.Id,
            proxy => new CallerModel { ProxyId = proxy.Id, Name = proxy.Name, Realm = proxy.Realm, Endpoints = [.. endpoints.Where(endpoint => endpoint.ProxyId == proxy.Id)] },
            cancellationToken);
        var keys = await db.CallerKeys.AsNoTracking().Where(key => key.RevokedAt == null).Select(key => new { key.Id, key.Digest, key.ProxyId, key.ExpiresAt, key.Networks }).ToListAsync(cancellationToken);
        index.Replace(new CallerTable(keys.Where(key => callers.ContainsKey(key.ProxyId)).Select(key => new CallerKeyModel(key.Id, key.Digest, callers[key.ProxyId])
        {
            ExpiresAt = key.ExpiresAt?.UtcTicks ?? long.MaxValue,
            // A list that cannot be read must not open the key to everyone.
            Networks = SourceNetworks.Parse(key.Networks, "networks") is { Succeeded: true } networks ? networks.Value : SourceNetworks.None,
        })));
    }

    private async Task ReloadPublicationAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        foreach (IPublicationFollower follower in followers)
            await follower.ReloadAsync(db, cancellationToken);
    }

    private async Task ReloadGroupsAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        _rules.Replace(await db.ReadGroupRulesAsync(cancellationToken));

    private UserModel ToModel(UserRow row, IEnumerable<DeviceRow> devices, IEnumerable<Guid> groups) => new()
    {
        Id = row.Id,
        UserId = row.UserId,
        PasswordVersion = row.PasswordVersion,
        // The sign-in password of an account that can act in the portal must not travel through proxies.
        PasswordHash = row.PasswordHash is null || row.Role is not PortalRole.None ? null : Encoding.ASCII.GetBytes(row.PasswordHash),
        Suspended = row.SuspendedAt is not null,
        ValidFrom = row.ValidFrom?.UtcTicks ?? 0,
        ValidUntil = row.ValidUntil?.UtcTicks ?? long.MaxValue,
        UsableSince = Math.Max(row.CreatedAt.UtcTicks, Math.Max(row.PasswordSetAt?.UtcTicks ?? 0, row.ValidFrom?.UtcTicks ?? 0)),
        LastUsedAt = row.LastUsedAt?.UtcTicks ?? 0,
        PasswordSetAt = (row.PasswordSetAt ?? row.CreatedAt).UtcTicks,
        PasswordRevoked = row.PasswordRevokedAt is not null,
        MustChangePassword = row.MustChangePassword,
        Access = _rules.Of(groups),
        Devices = [.. devices.Select(device => ToModel(device, _former.GetValueOrDefault(device.Id)))],
    };

    private static DeviceModel ToModel(DeviceRow row, FormerSecretModel[]? former) => new()
    {
        Id = row.Id,
        Name = row.Name,
        State = row.State,
        SecretDigest = row.SecretDigest,
        FormerSecrets = former,
        SecretRevoked = row.SecretRevokedAt is not null,
        Binding = BindingOf(row),
        LastUsedAt = row.LastUsedAt?.UtcTicks ?? 0,
        ExpiresAt = row.ExpiresAt?.UtcTicks ?? long.MaxValue,
        SecretIssuedAt = row.SecretIssuedAt.UtcTicks,
    };

    private static DeviceBinding? BindingOf(DeviceRow row)
    {
        if (row is { Endpoints.Count: 0, Networks.Count: 0, Schemes: null })
            return null;
        Result<SourceNetworks> networks = SourceNetworks.Parse(row.Networks, "networks");
        return new(row.Endpoints.Count == 0 ? null : row.Endpoints.ToHashSet(), row.Schemes ?? (AuthSchemes)~0, networks.Succeeded ? networks.Value : SourceNetworks.None);
    }

    private static IQueryable<UserRow> UserRows(IQueryable<User> users) => users.AsNoTracking().Where(user => user.DeletedAt == null)
        .Select(user => new UserRow(user.Id, user.UserName!, user.PasswordHash, user.PasswordVersion, user.Role, user.SuspendedAt, user.ValidFrom, user.ValidUntil)
        {
            CreatedAt = user.CreatedAt,
            PasswordSetAt = user.PasswordSetAt,
            PasswordRevokedAt = user.PasswordRevokedAt,
            MustChangePassword = user.MustChangePassword,
            LastUsedAt = user.LastUsedAt,
        });

    private static IQueryable<DeviceRow> DeviceRows(IQueryable<Device> devices) => devices.AsNoTracking()
        .Select(device => new DeviceRow(device.Id, device.UserId, device.Name, device.State, device.SecretDigest, device.ExpiresAt, device.SecretIssuedAt)
        {
            SecretRevokedAt = device.SecretRevokedAt,
            Endpoints = device.Endpoints,
            Networks = device.Networks,
            Schemes = device.Schemes,
            LastUsedAt = device.LastUsedAt,
        });

    // Few devices have rules of their own, and reading lists for all of them would be most of the work.
    private static Task<Dictionary<Guid, DeviceRow>> BoundDevicesAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        DeviceRows(db.Devices.Where(device => device.Schemes != null || device.Endpoints.Count > 0 || device.Networks.Count > 0))
            .ToDictionaryAsync(device => device.Id, cancellationToken);

    // Those of devices only: a former password takes a slow hash to recognise, so it is looked up when one is needed.
    private static async Task<Dictionary<Guid, FormerSecretModel[]>> FormerSecretsAsync(IQueryable<FormerSecret> secrets, CancellationToken cancellationToken) =>
        (await secrets.AsNoTracking().Where(secret => secret.DeviceId != null).ToListAsync(cancellationToken))
            .GroupBy(secret => secret.DeviceId!.Value)
            .ToDictionary(device => device.Key, device => device.OrderByDescending(secret => secret.ReplacedAt).Take(FormerSecretsKept)
                .Select(secret => new FormerSecretModel(Convert.FromBase64String(secret.Stored), secret.ProvesUntil?.UtcTicks ?? 0, secret.ReplacedAt.UtcTicks)).ToArray());

    private static IQueryable<Membership> Memberships(PortalDbContext db, Guid[]? users) => db.Users
        .Where(user => user.Groups.Count > 0 && (users == null || users.Contains(user.Id)))
        .SelectMany(user => user.Groups, (user, group) => new Membership(user.Id, group.Id));
}
