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

    public bool WarnsOnTheDay { get; set; } = true;

    /// <summary>Days after the end on which to say so once more.</summary>
    public List<int> WarnDaysAfter { get; set; } = [];

    /// <summary>Holds for everyone whose groups name no policy. One policy at most.</summary>
    public bool IsDefault { get; set; }

    /// <summary>Days for which a secret that reached its age goes on working.</summary>
    public int? GraceDays { get; set; }

    /// <summary>Secrets end up to so many days earlier, each on a day of its own, so that not all end at once.</summary>
    public int? JitterDays { get; set; }

    /// <summary>What would end on a weekend or on one of <see cref="Holidays"/> ends on the next working day.</summary>
    public bool SparesDaysOff { get; set; }

    public List<DateOnly> Holidays { get; set; } = [];

    /// <summary>Fewest characters of a chosen password; never below what the portal asks of everyone.</summary>
    public int? PasswordMinLength { get; set; }

    /// <summary>How many former passwords may not be chosen again.</summary>
    public int? PasswordHistory { get; set; }

    public long Version { get; set; }
}
