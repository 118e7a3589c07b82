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

    /// <summary>Schemes the members may use; null = no rule of this group.</summary>
    public AuthSchemes? Schemes { get; set; }

    public Guid? ExpiryPolicyId { get; set; }

    public ExpiryPolicy? ExpiryPolicy { get; set; }

    /// <summary>Endpoints the members may use; empty = no rule of this group.</summary>
    public List<ProxyEndpoint> Endpoints { get; } = [];

    public List<User> Users { get; } = [];

    public long Version { get; set; }
}
