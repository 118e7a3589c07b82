using ProxyPortal.Verification;

namespace ProxyPortal.Integrations.ForwardAuth;

/// <summary>Faults that only requests of this kind can have.</summary>
internal static class ForwardFaults
{
    public static VerifyFault Options { get; } = new(400, "options_invalid", "Only ok=200|204, deny=407|401, endpoint, schemes and from=authorization, each once.");

    public static VerifyFault Ambiguous { get; } = new(400, "credentials_ambiguous", "The header with the user's credentials stands twice.");

    public static VerifyFault NothingOffered { get; } = new(403, "schemes_not_offered", "The endpoint offers none of these schemes.");
}
