using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Proxies;
using ProxyPortal.Users;

namespace ProxyPortal.Groups;

/// <summary>People who share what they may use. A user in several groups gets the strictest of them.</summary>
public sealed class Group : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Devices that a member may have at once, those asked for included; null = no rule of this group.</summary>
    public int? DeviceLimit { get; set; }

    /// <summary>Devices that members add themselves wait until someone approves them.</summary>
    public bool DevicesNeedApproval { get; set; }

    /// <summary>Whoever is signed in sees its name and may ask to become a member.</summary>
    public bool MayBeAskedFor { get; set; }

    /// <summary>Schemes the members may use; null = no rule of this group.</summary>
    public AuthSchemes? Schemes { get; set; }

    public Guid? ExpiryPolicyId { get; set; }

    public ExpiryPolicy? ExpiryPolicy { get; set; }

    /// <summary>Endpoints the members may use; empty = no rule of this group.</summary>
    public List<ProxyEndpoint> Endpoints { get; } = [];

    /// <summary>Networks the members may come from; empty = no rule of this group.</summary>
    public List<string> Networks { get; set; } = [];

    /// <summary>When the members may use a proxy, as <see cref="Core.Verification.AccessHours"/> reads it; null = at any time.</summary>
    public string? Hours { get; set; }

    /// <summary>The clock that <see cref="Hours"/> is read by: an IANA name.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The members' own passwords open no proxy, only their devices' secrets do.</summary>
    public bool DeviceSecretsOnly { get; set; }

    public List<User> Users { get; } = [];

    public long Version { get; set; }
}
