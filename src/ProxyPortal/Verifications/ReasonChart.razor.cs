using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verifications;

/// <summary>Outcomes by how often they happened; each bar leads to the rows behind it.</summary>
public partial class ReasonChart
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private const double ThinnestBar = 0.6;

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<RejectionReason, long> Counts { get; set; }

    [Parameter, EditorRequired]
    public required VerificationListView View { get; set; }

    // Accepted first: it is what all others are measured by.
    private IEnumerable<KeyValuePair<RejectionReason, long>> Ordered =>
        Counts.OrderBy(count => count.Key is not RejectionReason.None).ThenByDescending(count => count.Value);

    private static string ClassOf(RejectionReason reason) => reason is RejectionReason.None ? "accepted" : new VerificationDecision(reason, false).IsTemporary ? "temporary" : "rejected";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    // A few among thousands must still be seen.
    private string Width(long count) => Math.Max(ThinnestBar, 100.0 * count / Counts.Values.Max()).ToString("0.##", CultureInfo.InvariantCulture);
}
