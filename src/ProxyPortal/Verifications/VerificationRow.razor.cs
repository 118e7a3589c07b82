using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Theme;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Verifications;

/// <summary>One verification, or a number of equal ones.</summary>
public partial class VerificationRow
{
    [Parameter, EditorRequired]
    public required VerificationEvent Event { get; set; }

    private RejectionWords Words => RejectionWords.Of(Event.Reason);

    private string Id => VerificationId.FromBytes(Event.LastId).ToString();

    private string SchemeName => AuthScheme.Names(Event.Scheme).FirstOrDefault() ?? "no scheme";

    private StatusTone Tone => Event.Reason is RejectionReason.None ? StatusTone.Well
        : new VerificationDecision(Event.Reason, false).IsTemporary || Event.Reason is RejectionReason.NoCredentials ? StatusTone.Soon : StatusTone.Wrong;

    private string Latency => string.Create(CultureInfo.InvariantCulture, $" {Event.LatencySumMicroseconds / 1000.0 / Math.Max(1, Event.Count):0.##} ms{(Event.FromMemory > 0 ? ", from memory" : "")}");

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
