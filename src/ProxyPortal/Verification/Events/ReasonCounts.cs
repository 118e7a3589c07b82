using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>Arrays that are indexed by the number of a reason.</summary>
internal static class ReasonCounts
{
    public static int Size { get; } = (int)Enum.GetValues<RejectionReason>().Max() + 1;
}
