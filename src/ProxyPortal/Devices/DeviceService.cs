using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

/// <summary>The registry of devices. Who may edit devices may do everything here; a user may look at, add, ask for and remove their own.</summary>
internal sealed class DeviceService(IDbContextFactory<PortalDbContext> contexts, DeviceAuthority authority, DeviceDesk desk, DeviceSecrets secrets, AuditTrail audit, TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>A request that nobody decided lapses after this time.</summary>
    public static TimeSpan RequestLifetime { get; } = TimeSpan.FromDays(14);

    public async Task<Result<PageOf<DeviceSummary>>> ListAsync(Actor actor, DeviceQuery query, CancellationToken cancellationToken)
    {
        if (await authority.RequireReadAsync(actor, query.UserId, "devices", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        IQueryable<Device> devices = await authority.VisibleAsync(db, actor, cancellationToken);
        if (query.UserId is { } userId)
            devices = devices.Where(device => device.UserId == userId);
        if (query.Kind is { } kind)
            devices = devices.Where(device => device.Kind == kind);
        if (query.Status is { } status)
            devices = devices.WithStatus(status, now);
        Result<IQueryable<Device>> found = devices.Search(query.Search);
        Result<IQueryable<Device>> sorted = found.Succeeded ? found.Value.Sorted(query.Sort, query.Descending) : found;
        if (sorted.Error is { } error)
            return error;
        return new PageOf<DeviceSummary>(
            await (await sorted.Value.AtPage(query.Page, query.PageSize, DeviceQuery.LargestPage).Summaries(now).ToListAsync(cancellationToken)).WithSecretEndsAsync(db, now, cancellationToken),
            await found.Value.CountAsync(cancellationToken));
    }

    /// <summary>How many devices are in each status.</summary>
    public async Task<Result<IReadOnlyDictionary<DeviceStatus, int>>> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await authority.RequireReadAsync(actor, null, "device counts", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = Enum.GetValues<DeviceStatus>().ToDictionary(status => status, _ => 0);
        foreach (var row in await (await authority.VisibleAsync(db, actor, cancellationToken)).Statuses(time.GetUtcNow()).GroupBy(status => status)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken))
            counts[row.Key] = row.Count;
        return counts;
    }

    public async Task<Result<DeviceDetail>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Device? device = await (await authority.VisibleAsync(db, actor, cancellationToken)).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (await authority.RequireReadAsync(actor, device?.UserId, id.ToString(), cancellationToken) is { } refused)
            return refused;
        if (device is null)
            return DeviceDesk.NotFound;
        DateTimeOffset now = time.GetUtcNow();
        return new DeviceDetail(
            (await (await db.Devices.Where(row => row.Id == id).Summaries(now).ToListAsync(cancellationToken)).WithSecretEndsAsync(db, now, cancellationToken)).Single(), device.Note,
            await BoundEndpoints.NamesAsync(db, device, cancellationToken), device.Networks, device.Schemes,
            await db.FormerSecrets.Where(secret => secret.DeviceId == id && secret.ProvesUntil > now).MaxAsync(secret => secret.ProvesUntil, cancellationToken),
            await db.OneTimeLinks.Where(link => link.DeviceId == id && link.Purpose == LinkPurpose.PairDevice && link.UsedAt == null && link.ExpiresAt > now)
                .MaxAsync(link => (DateTimeOffset?)link.ExpiresAt, cancellationToken),
            device.Version);
    }

    /// <summary>The account of an id or a user-id, for those who may read users.</summary>
    public async Task<Result<DeviceOwner>> FindOwnerAsync(Actor actor, string user, CancellationToken cancellationToken)
    {
        if (await authority.RequireReadAsync(actor, null, user, cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        string? userId = LoginName.Fold(user, out _);
        bool isId = Guid.TryParse(user, out Guid id);
        DeviceOwner? owner = await (await authority.OwnersAsync(db, actor, cancellationToken)).Where(row => (isId && row.Id == id) || (userId != null && row.NormalizedUserName == userId))
            .Select(row => new DeviceOwner(row.Id, row.UserName!, row.DisplayName, row.Role)).FirstOrDefaultAsync(cancellationToken);
        return owner is null ? UserService.NotFound : owner;
    }

    /// <summary>Adds a device and its secret. What users add themselves becomes a request where one of their groups says so. Errors name the field;
    /// <c>device_limit</c>, <c>name_taken</c>.</summary>
    public Task<Result<IssuedDeviceSecret>> CreateAsync(Actor actor, Guid userId, DeviceInput input, CancellationToken cancellationToken) =>
        AddAsync(actor, userId, input, asks: false, cancellationToken);

    /// <summary>Asks for a device: its secret is made now and works once somebody approves it.</summary>
    public Task<Result<IssuedDeviceSecret>> RequestAsync(Actor actor, Guid userId, DeviceInput input, CancellationToken cancellationToken) =>
        AddAsync(actor, userId, input, asks: true, cancellationToken);

    /// <summary>Saves everything but the name, unless someone else changed the device since <paramref name="version"/> was read; null = whatever it is now.</summary>
    public Task<Result> ChangeAsync(Actor actor, Guid id, DeviceInput input, long? version, CancellationToken cancellationToken) =>
        desk.ActAsync(actor, id, AuditAction.DeviceChanged, allowsOwner: false, async on =>
        {
            DateTimeOffset now = time.GetUtcNow();
            if (version is { } seen && on.Device.Version != seen)
                return DeviceDesk.Conflict;
            if (DeviceInputRules.Check(input, now, on.Device.ExpiresAt) is { } fault)
                return fault;
            Result<List<Guid>> endpoints = await BoundEndpoints.FindAsync(on.Db, input.Endpoints, on.Device.Endpoints, cancellationToken);
            if (endpoints.Error is { } unknown)
                return unknown;
            bool counted = StatusOf(on.Device, now).Counts();
            Apply(on.Device, input, endpoints.Value);
            if (counted || !StatusOf(on.Device, now).Counts())
                return null;
            // A later end brings an ended device back.
            MemberDeviceRules rules = await MemberDeviceRules.OfAsync(on.Db, on.Owner.Id, cancellationToken);
            return await rules.RequireRoomAsync(on.Db, on.Owner, id, withRequests: true, now, cancellationToken);
        }, cancellationToken);

    /// <summary>Removes the device for good; its name may be used again.</summary>
    public Task<Result> DeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        desk.ActAsync(actor, id, AuditAction.DeviceDeleted, allowsOwner: true, on =>
        {
            on.Db.Devices.Remove(on.Device);
            return Task.FromResult<Error?>(null);
        }, cancellationToken);

    private async Task<Result<IssuedDeviceSecret>> AddAsync(Actor actor, Guid userId, DeviceInput input, bool asks, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            User? user = await (await authority.OwnersAsync(db, actor, cancellationToken)).SingleOrDefaultAsync(row => row.Id == userId, cancellationToken);
            Result<DeviceRight> right = await authority.RequireAsync(actor, user, allowsOwner: true, user?.UserName ?? userId.ToString(), cancellationToken);
            if (right.Error is { } refused)
                return refused;
            if (user is null)
                return UserService.NotFound;
            MemberDeviceRules rules = await MemberDeviceRules.OfAsync(db, userId, cancellationToken);
            Result<(Device Device, string Secret)> made = await MakeAsync(db, actor, user, rules, input, asks || (right.Value is DeviceRight.Owner && rules.NeedApproval), cancellationToken);
            if (made.Error is { } fault)
                return fault;
            (Device device, string secret) = made.Value;
            audit.Add(db, actor, device.State is DeviceState.Requested ? AuditAction.DeviceRequested : AuditAction.DeviceCreated, DeviceDesk.TargetOf(device),
                after: await DeviceDesk.SnapshotAsync(db, device, cancellationToken));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return new IssuedDeviceSecret(device.Id, device.Name, DeviceDesk.LoginOf(device), secret, StatusOf(device, time.GetUtcNow()));
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another device of this user came at the same moment, or somebody saved the user: looking again tells whether there is room.
            }
            catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
            {
                return Taken(user, device.Name, null);
            }
        }
        return DeviceDesk.Conflict;
    }

    private async Task<Result<(Device, string)>> MakeAsync(
        PortalDbContext db, Actor actor, User user, MemberDeviceRules rules, DeviceInput input, bool asks, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Result<string> name = DeviceInputRules.CheckName(user.UserName!, input.Name);
        if ((name.Error ?? DeviceInputRules.Check(input, now) ?? DeviceInputRules.CheckReason(input.Reason, isRequired: asks)) is { } fault)
            return fault;
        Result<List<Guid>> endpoints = await BoundEndpoints.FindAsync(db, input.Endpoints, [], cancellationToken);
        if (endpoints.Error is { } unknown)
            return unknown;
        if (await db.Devices.SingleOrDefaultAsync(row => row.UserId == user.Id && row.Name == name.Value, cancellationToken) is { } former)
        {
            if (former.RequestEndsAt is null || StatusOf(former, now).Counts())
                return Taken(user, name.Value, StatusOf(former, now));
            // A request that came to nothing gives way to the next one.
            db.Devices.Remove(former);
            audit.Add(db, actor, AuditAction.DeviceDeleted, DeviceDesk.TargetOf(former), before: await DeviceDesk.SnapshotAsync(db, former, cancellationToken));
        }
        (string secret, byte[] digest) = secrets.Create();
        var device = new Device
        {
            UserId = user.Id,
            User = user,
            Name = name.Value,
            SecretDigest = digest,
            SecretIssuedAt = now,
            CreatedAt = now,
            State = asks ? DeviceState.Requested : DeviceState.Approved,
            RequestedAt = asks ? now : null,
            RequestReason = asks ? DeviceInputRules.Clean(input.Reason) : null,
        };
        Apply(device, input, endpoints.Value);
        if (asks)
            device.RequestEndsAt = device.ExpiresAt < now + RequestLifetime ? device.ExpiresAt : now + RequestLifetime;
        if (await rules.RequireRoomAsync(db, user, device.Id, withRequests: true, now, cancellationToken) is { } full)
            return full;
        db.Devices.Add(device);
        return (device, secret);
    }

    private static void Apply(Device device, DeviceInput input, List<Guid> endpoints)
    {
        (device.Kind, device.Note, device.IsGuest, device.ExpiresAt) = (input.Kind, DeviceInputRules.Clean(input.Note), input.IsGuest, input.ExpiresAt?.ToUniversalTime());
        (device.Endpoints, device.Networks, device.Schemes) = (endpoints, [.. input.Networks.Distinct(StringComparer.Ordinal)], input.Schemes);
    }

    private static DeviceStatus StatusOf(Device device, DateTimeOffset now) => DeviceStatuses.Of(now, device.State, device.RequestEndsAt, device.ExpiresAt);

    private static Error Taken(User user, string name, DeviceStatus? status) => status is DeviceStatus.Revoked or DeviceStatus.Expired
        ? Error.Of("name_taken", $"{user.UserName} already has a device {name}, which has ended: remove it first to use the name again.", "name")
        : Error.Of("name_taken", $"{user.UserName} already has a device {name}.", "name");
}
