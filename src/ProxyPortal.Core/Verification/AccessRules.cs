using System.Net;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Verification;

/// <summary>What a set of groups allows together: the strictest of all of them.</summary>
/// <param name="Groups">Group names, for the answer.</param>
/// <param name="Endpoints">Endpoints that may be used; null = every endpoint.</param>
/// <param name="Schemes">Schemes that may be used.</param>
public sealed record AccessRules(string[] Groups, IReadOnlySet<Guid>? Endpoints, AuthSchemes Schemes)
{
    public static AccessRules Unrestricted { get; } = new([], null, (AuthSchemes)~0);

    /// <summary>One list of networks for each group that has one: an address must lie in every list.</summary>
    public SourceNetworks[] Networks { get; init; } = [];

    /// <summary>The hours of each group that has some: all of them must be open.</summary>
    public AccessHours[] Hours { get; init; } = [];

    /// <summary>The members' own passwords open no proxy.</summary>
    public bool DeviceSecretsOnly { get; init; }

    /// <summary>How long an account may stay unused, in ticks.</summary>
    public long IdleTicks { get; init; } = long.MaxValue;

    /// <summary>How long a password may be used, by each policy that says so: the earliest end counts.</summary>
    public SecretLifetime[] PasswordLifetimes { get; init; } = [];

    /// <summary>How long a device's secret may be used, by each policy that says so: the earliest end counts.</summary>
    public SecretLifetime[] DeviceSecretLifetimes { get; init; } = [];

    /// <summary>Days as ticks; none, or more than the calendar has, as "no limit".</summary>
    public static long TicksOf(int? days) => days is { } some && some < DateTime.MaxValue.Ticks / TimeSpan.TicksPerDay ? some * TimeSpan.TicksPerDay : long.MaxValue;

    /// <summary>When something ends that began at <paramref name="start"/> and may last for <paramref name="age"/>.</summary>
    public static long EndOf(long start, long age) => age > long.MaxValue - start ? long.MaxValue : start + age;

    /// <summary>When the password of a user ends that was set at <paramref name="setAt"/>, UTC ticks.</summary>
    public long EndOfPassword(long setAt, in Guid userId) => EarliestEnd(PasswordLifetimes, setAt, userId);

    /// <summary>When the secret of a device ends that was issued at <paramref name="issuedAt"/>, UTC ticks.</summary>
    public long EndOfDeviceSecret(long issuedAt, in Guid deviceId) => EarliestEnd(DeviceSecretLifetimes, issuedAt, deviceId);

    public bool AllowsSource(IPAddress? address)
    {
        foreach (SourceNetworks networks in Networks)
        {
            if (!networks.Contains(address))
                return false;
        }
        return true;
    }

    /// <summary>Until when access is open without a break; <paramref name="at"/> itself (UTC ticks) when it is closed.</summary>
    public long OpenUntil(long at)
    {
        long until = long.MaxValue;
        foreach (AccessHours hours in Hours)
            until = Math.Min(until, hours.OpenUntil(at));
        return until;
    }

    private static long EarliestEnd(SecretLifetime[] lifetimes, long begin, in Guid owner)
    {
        long end = long.MaxValue;
        foreach (SecretLifetime lifetime in lifetimes)
            end = Math.Min(end, lifetime.EndOf(begin, owner));
        return end;
    }
}
