using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;

namespace ProxyPortal.Devices;

/// <summary>Filters, orders and shapes devices in SQL.</summary>
internal static class DeviceQueries
{
    /// <summary>By login name or the user's name. Errors: <c>search_too_long</c>.</summary>
    public static Result<IQueryable<Device>> Search(this IQueryable<Device> devices, string? text)
    {
        if (text is { Length: > LikePattern.LongestSearch })
            return new Error("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
        if (string.IsNullOrWhiteSpace(text))
            return ResultOf(devices);
        string pattern = LikePattern.Containing(text.ToLowerInvariant());
        return ResultOf(devices.Where(device => EF.Functions.Like(device.User!.UserName + "+" + device.Name, pattern, LikePattern.Escape)
            || EF.Functions.Like(device.User.NormalizedDisplayName, pattern, LikePattern.Escape)));
    }

    /// <summary>The SQL twin of <see cref="DeviceStatuses.Of"/>; a test holds the two together.</summary>
    public static IQueryable<Device> WithStatus(this IQueryable<Device> devices, DeviceStatus status, DateTimeOffset now) => status switch
    {
        DeviceStatus.Requested => devices.Where(device => device.State == DeviceState.Requested && (device.RequestEndsAt == null || device.RequestEndsAt > now)),
        DeviceStatus.Approved => devices.Where(device => device.State == DeviceState.Approved && (device.ExpiresAt == null || device.ExpiresAt > now)),
        DeviceStatus.Expired => devices.Where(device =>
            (device.State == DeviceState.Requested && device.RequestEndsAt <= now)
            || ((device.State == DeviceState.Approved || device.State == DeviceState.Paused) && device.ExpiresAt <= now)),
        DeviceStatus.Revoked => devices.Where(device => device.State == DeviceState.Revoked),
        DeviceStatus.Paused => devices.Where(device => device.State == DeviceState.Paused && (device.ExpiresAt == null || device.ExpiresAt > now)),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>Those that can be used as far as they themselves say: the SQL twin of <see cref="DeviceStatuses.IsUsable"/>.</summary>
    public static Expression<Func<Device, bool>> IsUsable(DateTimeOffset now) =>
        device => device.State == DeviceState.Approved && device.SecretRevokedAt == null && (device.ExpiresAt == null || device.ExpiresAt > now);

    /// <summary>The status of each device, in one pass; for counting.</summary>
    public static IQueryable<DeviceStatus> Statuses(this IQueryable<Device> devices, DateTimeOffset now) => devices.Select(device =>
        device.State == DeviceState.Revoked ? DeviceStatus.Revoked
        : device.State == DeviceState.Requested ? (device.RequestEndsAt <= now ? DeviceStatus.Expired : DeviceStatus.Requested)
        : device.ExpiresAt <= now ? DeviceStatus.Expired : device.State == DeviceState.Paused ? DeviceStatus.Paused : DeviceStatus.Approved);

    /// <summary>Errors: <c>sort_unknown</c>. Fields are an allow-list: ordering by a digest would tell it bit by bit.</summary>
    public static Result<IQueryable<Device>> Sorted(this IQueryable<Device> devices, string? sort, bool descending)
    {
        Expression<Func<Device, object?>>? field = sort switch
        {
            null or "" or "name" => device => device.Name,
            "user" => device => device.User!.NormalizedUserName,
            "lastSeen" => device => device.LastUsedAt,
            "createdAt" => device => device.CreatedAt,
            "expiresAt" => device => device.ExpiresAt,
            _ => null,
        };
        if (field is null)
            return new Error("sort_unknown", $"Sort by one of {string.Join(", ", DeviceQuery.SortFields)}.", "sort");
        // What has no value comes last either way: left alone, SQLite and PostgreSQL put it at opposite ends.
        IOrderedQueryable<Device>? filled = sort switch
        {
            "lastSeen" => devices.OrderBy(device => device.LastUsedAt == null),
            "expiresAt" => devices.OrderBy(device => device.ExpiresAt == null),
            _ => null,
        };
        IOrderedQueryable<Device> sorted = descending
            ? filled?.ThenByDescending(field) ?? devices.OrderByDescending(field)
            : filled?.ThenBy(field) ?? devices.OrderBy(field);
        return ResultOf<IQueryable<Device>>(sorted.ThenBy(device => device.Name).ThenBy(device => device.Id));
    }

    public static IQueryable<DeviceSummary> Summaries(this IQueryable<Device> devices, DateTimeOffset now) => devices.AsNoTracking().Select(device => new DeviceSummary(
        device.Id, new DeviceOwner(device.UserId, device.User!.UserName!, device.User.DisplayName, device.User.Role), device.Name, device.Kind, device.IsGuest,
        DeviceStatuses.Of(now, device.State, device.RequestEndsAt, device.ExpiresAt),
        device.RequestEndsAt == null ? null : new DeviceRequest(device.RequestReason, device.RequestedAt, device.RequestEndsAt.Value),
        device.CreatedAt, device.ExpiresAt, device.SecretIssuedAt, device.SecretRevokedAt, new DeviceLastUse(device.LastUsedAt, device.LastAddress, device.LastReason))
    {
        Decision = device.DecidedAt == null ? null : new DeviceDecision(device.DecidedAt.Value, device.DecidedBy, device.DecisionReason),
    });

    private static Result<T> ResultOf<T>(T value) => value;
}
