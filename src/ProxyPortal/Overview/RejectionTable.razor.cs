using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;

namespace ProxyPortal.Overview;

/// <summary>Who was refused lately, and why in truth.</summary>
public partial class RejectionTable
{
    private const int Shown = 15;

    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RecentRejection> Rejections { get; set; }

    private string Count => Rejections.Count <= Shown ? $"{Rejections.Count} lately"
        : $"The latest {Shown} of the last {Rejections.Count}";

    private static bool IsTemporary(RejectionReason reason) => reason is RejectionReason.Overloaded or RejectionReason.BackendUnavailable;

    private static string UserPart(string login) => login.Split(LoginName.DeviceSeparator)[0];
}
