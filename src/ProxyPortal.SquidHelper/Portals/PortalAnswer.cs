using ProxyPortal.Core.Protocols;

namespace ProxyPortal.SquidHelper.Portals;

internal enum PortalVerdict
{
    Accepted,
    Rejected,

    /// <summary>The portal could not read the credentials; nothing was verified and nothing counted.</summary>
    Malformed,

    /// <summary>Not reached, too late, overloaded or broken: it may work in a moment.</summary>
    Unavailable,

    /// <summary>Something answered that does not speak our contract, or not to us: a person has to mend it.</summary>
    Unusable,
}

/// <summary>What came of asking one portal.</summary>
/// <param name="Verdict">Only the first three are the portal's word on the credentials.</param>
/// <param name="Response">There for accepted and rejected.</param>
/// <param name="Fault">Cause and fix in a sentence, for the other verdicts.</param>
/// <param name="Each">Of questions asked together: what came of each, null where it has to be asked alone.</param>
internal sealed record PortalAnswer(PortalVerdict Verdict, VerifyResponse? Response = null, string Fault = "", IReadOnlyList<PortalAnswer?>? Each = null);
