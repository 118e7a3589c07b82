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
}
