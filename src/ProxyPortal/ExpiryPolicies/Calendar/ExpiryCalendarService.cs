using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Verification;

namespace ProxyPortal.ExpiryPolicies.Calendar;

/// <summary>What can end on a day.</summary>
public enum EndingKind
{
    /// <summary>The access of a user, by its own end.</summary>
    Account = 0,

    /// <summary>The approval of a device.</summary>
    Device = 1,

    /// <summary>The secret of a device, by a policy.</summary>
    Secret = 2,

    /// <summary>A chosen password, by a policy.</summary>
    Password = 3,

    /// <summary>The access of a user who goes on not using it, by a policy.</summary>
    Idle = 4,
}

/// <summary>One thing that ends.</summary>
public sealed record Ending(Guid UserId, string Login, EndingKind Kind, DateTimeOffset At);

/// <summary>How much ends on a day of UTC.</summary>
public sealed record DayOfEndings(DateOnly Day, IReadOnlyDictionary<EndingKind, int> Counts)
{
    public int Total => Counts.Values.Sum();
}

/// <summary>What ends when, from the directory by which verification decides. Suspended users and devices that are not approved have nothing left to end.</summary>
public sealed class ExpiryCalendarService
{
    public const int LargestPage = 200;
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AccessControl _access;
    private readonly DirectoryIndex _index;

    internal ExpiryCalendarService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, DirectoryIndex index) => (_contexts, _access, _index) = (contexts, access, index);

    /// <summary>Every day of a month, with what ends on it.</summary>
    public async Task<Result<IReadOnlyList<DayOfEndings>>> MonthAsync(Actor actor, DateOnly month, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.ReadUsers, "calendar", cancellationToken) is { } refused)
            return refused;
        var first = new DateOnly(month.Year, month.Month, 1);
        int days = DateTime.DaysInMonth(month.Year, month.Month);
        EndingKind[] kinds = Enum.GetValues<EndingKind>();
        int[][] counts = [.. Enumerable.Range(0, days).Select(_ => new int[kinds.Length])];
        foreach ((_, EndingKind kind, long at) in Between(first, days, await SeenAsync(actor, cancellationToken)))
            counts[(int)((at - StartOf(first)) / TimeSpan.TicksPerDay)][(int)kind]++;
        return Enumerable.Range(0, days).Select(day => new DayOfEndings(
            first.AddDays(day), kinds.Where(kind => counts[day][(int)kind] > 0).ToDictionary(kind => kind, kind => counts[day][(int)kind]))).ToArray();
    }

    /// <summary>A page of what ends on a day, in order; pages count from 0.</summary>
    public async Task<Result<PageOf<Ending>>> DayAsync(Actor actor, DateOnly day, EndingKind? kind, int page, int pageSize, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.ReadUsers, "calendar", cancellationToken) is { } refused)
            return refused;
        Ending[] all = [.. Between(day, 1, await SeenAsync(actor, cancellationToken)).Where(ending => kind is null || ending.Kind == kind)
            .Select(ending => new Ending(ending.Login.User.Id, ending.Login.Name, ending.Kind, new DateTimeOffset(ending.At, TimeSpan.Zero)))];
        int size = Math.Clamp(pageSize, 1, LargestPage);
        return new PageOf<Ending>(
            [.. all.OrderBy(ending => ending.At).ThenBy(ending => ending.Login, StringComparer.Ordinal).ThenBy(ending => ending.Kind).Skip(Math.Clamp(page, 0, int.MaxValue / size) * size).Take(size)], all.Length);
    }

    /// <summary>Everything that ends, or ended, between two moments, in no order. For the portal itself.</summary>
    internal IEnumerable<Ending> Between(DateTimeOffset from, DateTimeOffset until) => Between(from.UtcTicks, until.UtcTicks, null)
        .Select(ending => new Ending(ending.Login.User.Id, ending.Login.Name, ending.Kind, new DateTimeOffset(ending.At, TimeSpan.Zero)));

    private static long StartOf(DateOnly day) => day.ToDateTime(TimeOnly.MinValue).Ticks;

    // The directory knows no roles: whose role is limited to groups sees their members. Null = everyone.
    private async Task<HashSet<Guid>?> SeenAsync(Actor actor, CancellationToken cancellationToken)
    {
        RoleScope scope = await _access.ScopeOfAsync(actor, cancellationToken);
        if (!scope.IsLimited)
            return null;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await scope.Of(db.Users).Select(user => user.Id).ToHashSetAsync(cancellationToken);
    }

    private IEnumerable<(Named Login, EndingKind Kind, long At)> Between(DateOnly first, int days, HashSet<Guid>? seen)
    {
        long from = StartOf(first);
        return Between(from, from + days * TimeSpan.TicksPerDay, seen);
    }

    private IEnumerable<(Named Login, EndingKind Kind, long At)> Between(long from, long until, HashSet<Guid>? seen) =>
        _index.Snapshot().Where(user => !user.Suspended && seen?.Contains(user.Id) is not false).SelectMany(EndingsOf).Where(ending => ending.At >= from && ending.At < until);

    // What is over already, because the account is, does not end once more.
    private static IEnumerable<(Named Login, EndingKind Kind, long At)> EndingsOf(UserModel user)
    {
        AccessRules rules = user.Access.Now;
        yield return (new(user, null), EndingKind.Account, user.ValidUntil);
        if (user is { PasswordHash: not null, PasswordRevoked: false } && rules.EndOfPassword(user.PasswordSetAt, user.Id) is var password && password < user.ValidUntil)
            yield return (new(user, null), EndingKind.Password, password);
        if (AccessRules.EndOf(Math.Max(user.LastUsedAt, user.UsableSince), rules.IdleTicks) is var idle && idle < user.ValidUntil)
            yield return (new(user, null), EndingKind.Idle, idle);
        foreach (DeviceModel device in user.Devices.Where(device => device.State is DeviceState.Approved))
        {
            if (device.ExpiresAt < user.ValidUntil)
                yield return (new(user, device), EndingKind.Device, device.ExpiresAt);
            if (!device.SecretRevoked && rules.EndOfDeviceSecret(device.SecretIssuedAt, device.Id) is var secret && secret < Math.Min(user.ValidUntil, device.ExpiresAt))
                yield return (new(user, device), EndingKind.Secret, secret);
        }
    }

    private readonly record struct Named(UserModel User, DeviceModel? Device)
    {
        public string Name => Device is null ? User.UserId : $"{User.UserId}{LoginName.DeviceSeparator}{Device.Name}";
    }
}
