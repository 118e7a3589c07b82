using ProxyPortal.Data;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>When secrets and idle accounts end, and when people are warned. Null = no rule.</summary>
public sealed class ExpiryPolicy : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public int? DeviceSecretMaxAgeDays { get; set; }

    /// <summary>Age at which a chosen password ends. Off unless an organisation insists: people answer forced changes with worse passwords
    /// (NIST SP 800-63B-4 §3.1.1.2).</summary>
    public int? PasswordMaxAgeDays { get; set; }

    /// <summary>Hours for which a replaced device secret goes on working beside the new one.</summary>
    public int? OverlapHours { get; set; }

    public int? IdleDays { get; set; }

    /// <summary>Days before the end on which to warn.</summary>
    public List<int> WarnDays { get; set; } = [];

    public long Version { get; set; }
}
