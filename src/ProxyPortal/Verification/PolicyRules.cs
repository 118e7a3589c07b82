using ProxyPortal.Core.Verification;
using ProxyPortal.ExpiryPolicies;

namespace ProxyPortal.Verification;

/// <summary>The rules of an expiry policy, as loaded: what verification and the choice of a password read of it.</summary>
internal sealed record PolicyRules(Guid Id, string Name)
{
    public int? DeviceSecretMaxAgeDays { get; init; }

    public int? PasswordMaxAgeDays { get; init; }

    public int? OverlapHours { get; init; }

    public int? IdleDays { get; init; }

    public int? GraceDays { get; init; }

    public int? JitterDays { get; init; }

    public bool SparesDaysOff { get; init; }

    public List<DateOnly> Holidays { get; init; } = [];

    public int? PasswordMinLength { get; init; }

    public int? PasswordHistory { get; init; }

    public SecretLifetime? PasswordLifetime => LifetimeOf(PasswordMaxAgeDays);

    public SecretLifetime? DeviceSecretLifetime => LifetimeOf(DeviceSecretMaxAgeDays);

    public static PolicyRules Of(ExpiryPolicy policy) => new(policy.Id, policy.Name)
    {
        DeviceSecretMaxAgeDays = policy.DeviceSecretMaxAgeDays,
        PasswordMaxAgeDays = policy.PasswordMaxAgeDays,
        OverlapHours = policy.OverlapHours,
        IdleDays = policy.IdleDays,
        GraceDays = policy.GraceDays,
        JitterDays = policy.JitterDays,
        SparesDaysOff = policy.SparesDaysOff,
        Holidays = policy.Holidays,
        PasswordMinLength = policy.PasswordMinLength,
        PasswordHistory = policy.PasswordHistory,
    };

    // Whatever stands in a row, no secret ends before it was issued.
    private SecretLifetime? LifetimeOf(int? days) => days is not { } age || AccessRules.TicksOf(age) is not (var ticks and not long.MaxValue) ? null : new SecretLifetime(ticks)
    {
        Grace = (GraceDays ?? 0) * TimeSpan.TicksPerDay,
        JitterDays = Math.Clamp(JitterDays ?? 0, 0, Math.Max(0, age - 1)),
        Spared = SparesDaysOff ? new DaysOff(Holidays) : null,
    };
}
