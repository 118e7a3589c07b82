using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Verification;

/// <summary>
/// All users in the order of their ids, each with its devices and groups: three readers side by side, so that a million users pass
/// through memory one by one and several cores read them. EF writes the SQL; the rows are read by hand, which takes a quarter of the time.
/// </summary>
internal sealed class DirectoryScan : IAsyncDisposable
{
    private static readonly UserRow Nobody = new(Guid.Empty, "", null, 0, PortalRole.None, null, null, null);
    private readonly List<IAsyncDisposable> _open = [];
    private readonly List<Membership> _ownMemberships = [];
    private readonly Dictionary<string, string> _deviceNames = [];
    private readonly IReadOnlyDictionary<Guid, DeviceRow> _boundDevices;
    private RowsAhead<UserRow> _users = null!;
    private OwnedRows<DeviceRow> _devices = null!;
    private OwnedRows<Membership> _memberships = null!;

    private DirectoryScan(IReadOnlyDictionary<Guid, DeviceRow> boundDevices) => _boundDevices = boundDevices;

    public UserRow User { get; private set; } = Nobody;

    /// <summary>The present user's; the next one's take their place.</summary>
    public List<DeviceRow> Devices { get; } = [];

    public List<Guid> Groups { get; } = [];

    /// <param name="contexts">Makes a connection for each reader.</param>
    /// <param name="boundDevices">The devices with rules of their own, which are not read by hand.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<DirectoryScan> StartAsync(IDbContextFactory<PortalDbContext> contexts, IReadOnlyDictionary<Guid, DeviceRow> boundDevices, CancellationToken cancellationToken)
    {
        var scan = new DirectoryScan(boundDevices);
        try
        {
            scan._users = await scan.OpenAsync(contexts, Users, ReadUser, cancellationToken);
            scan._devices = new(await scan.OpenAsync(contexts, AllDevices, scan.ReadDevice, cancellationToken), device => device.UserId);
            scan._memberships = new(await scan.OpenAsync(contexts, Memberships, row => new Membership(row.GetGuid(0), row.GetGuid(1)), cancellationToken), row => row.UserId);
            return scan;
        }
        catch
        {
            await scan.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> NextUserAsync(CancellationToken cancellationToken)
    {
        if (_users.Peek() is null && !await _users.MoreAsync(cancellationToken))
            return false;
        User = _users.Peek()!;
        _users.Take();
        Devices.Clear();
        await _devices.TakeOfAsync(User.Id, Devices, cancellationToken);
        Groups.Clear();
        _ownMemberships.Clear();
        await _memberships.TakeOfAsync(User.Id, _ownMemberships, cancellationToken);
        foreach (Membership membership in _ownMemberships)
            Groups.Add(membership.GroupId);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable one in Enumerable.Reverse(_open))
            await one.DisposeAsync();
    }

    private async Task<RowsAhead<TRow>> OpenAsync<TRow>(
        IDbContextFactory<PortalDbContext> contexts, Func<PortalDbContext, IQueryable> query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
        where TRow : class
    {
        PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        _open.Add(db);
        await db.Database.OpenConnectionAsync(cancellationToken);
        DbCommand command = query(db).CreateDbCommand();
        _open.Add(command);
        DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        _open.Add(reader);
        RowsAhead<TRow> rows = new(reader, read);
        _open.Add(rows);
        return rows;
    }

    // The order of the columns is that of the projection; the readers below count on it.
    private static IQueryable Users(PortalDbContext db) => db.Users.AsNoTracking().Where(user => user.DeletedAt == null).OrderBy(user => user.Id).Select(user => new
    {
        user.Id,
        user.UserName,
        user.PasswordHash,
        user.PasswordVersion,
        user.Role,
        user.SuspendedAt,
        user.ValidFrom,
        user.ValidUntil,
        user.CreatedAt,
        user.PasswordSetAt,
        user.PasswordRevokedAt,
        user.MustChangePassword,
        user.LastUsedAt,
    });

    private static IQueryable AllDevices(PortalDbContext db) => db.Devices.AsNoTracking().OrderBy(device => device.UserId).Select(device => new
    {
        device.Id,
        device.UserId,
        device.Name,
        device.State,
        device.SecretDigest,
        device.ExpiresAt,
        device.SecretIssuedAt,
        device.SecretRevokedAt,
        device.LastUsedAt,
    });

    private static IQueryable Memberships(PortalDbContext db) => db.Users.Where(user => user.DeletedAt == null)
        .SelectMany(user => user.Groups, (user, group) => new { UserId = user.Id, GroupId = group.Id }).OrderBy(row => row.UserId);

    private static UserRow ReadUser(DbDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), (PortalRole)row.GetInt32(4), Time(row, 5), Time(row, 6), Time(row, 7))
        {
            CreatedAt = Time(row, 8)!.Value,
            PasswordSetAt = Time(row, 9),
            PasswordRevokedAt = Time(row, 10),
            MustChangePassword = row.GetBoolean(11),
            LastUsedAt = Time(row, 12),
        };

    private DeviceRow ReadDevice(DbDataReader row)
    {
        Guid id = row.GetGuid(0);
        return _boundDevices.TryGetValue(id, out DeviceRow? bound) ? bound : new(
            id, row.GetGuid(1), Shared(row.GetString(2)), (DeviceState)row.GetInt32(3), row.GetFieldValue<byte[]>(4), Time(row, 5), Time(row, 6)!.Value)
        {
            SecretRevokedAt = Time(row, 7),
            LastUsedAt = Time(row, 8),
        };
    }

    // Most people call their devices the same.
    private string Shared(string name)
    {
        if (_deviceNames.Count < 10_000)
            _deviceNames.TryAdd(name, name);
        return _deviceNames.GetValueOrDefault(name, name);
    }

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
