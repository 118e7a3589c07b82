using ProxyPortal.Data;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>When secrets and idle accounts end, and when people are warned. Null = no rule.</summary>
public sealed class ExpiryPolicy : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public int? DeviceSecretMaxAgeDays { get; set; }

    public int? IdleDays { get; set; }

    /// <summary>Days before the end on which to warn.</summary>
    public List<int> WarnDays { get; set; } = [];

    public long Version { get; set; }
}
