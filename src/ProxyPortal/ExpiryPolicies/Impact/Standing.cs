using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.ExpiryPolicies.Impact;

/// <summary>A login (a user with the own password, or with one device) as policies see it: whatever way it comes in by, and as long as nobody uses it.</summary>
internal readonly record struct Standing(UserModel User, DeviceModel? Device)
{
    /// <summary>The logins of a user that have a secret at all.</summary>
    public static IEnumerable<Standing> Of(UserModel user)
    {
        if (user.PasswordHash is not null)
            yield return new(user, null);
        foreach (DeviceModel device in user.Devices)
            yield return new(user, device);
    }

    /// <summary>What is typed to the proxy.</summary>
    public string Login => Device is null ? User.UserId : $"{User.UserId}{LoginName.DeviceSeparator}{Device.Name}";

    /// <summary>From when it is refused under these rules, UTC ticks, if it is not used before; a login that is not valid yet is asked about from its first day on.</summary>
    public long RefusedFrom(AccessRules rules, long now) => DecisionEngine.RefusedFrom(At(rules, Math.Max(now, User.ValidFrom)));

    /// <summary>Why it is refused at that moment.</summary>
    public RejectionReason ReasonAt(AccessRules rules, long at) => DecisionEngine.StandingOf(At(rules, at));

    private Evidence At(AccessRules rules, long at) =>
        new(new VerificationRequest(at, AuthSchemes.Basic, null, null), User, Device is not null, Device, SecretProof.Proved, User.LastUsedAt) { Access = rules };
}
