using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Audit;

/// <summary>One entry: a line that opens to what it looked like before and after.</summary>
public partial class AuditRow
{
    private bool _isOpen;

    [Parameter, EditorRequired]
    public required AuditEntry Entry { get; set; }

    /// <summary>The list this row stands in: its links narrow it.</summary>
    [Parameter, EditorRequired]
    public required AuditListView View { get; set; }

    private string DetailsId => $"entry-{Entry.Id}";

    private bool IsRefusal => Entry.Action is AuditAction.Refused or AuditAction.SignInFailed;

    private string? TargetUrl => Entry switch
    {
        { TargetKind: "user", TargetId: { } id } => PortalUrls.User(id),
        { TargetKind: "proxy", TargetId: { } id, Action: not AuditAction.ProxyDeleted } => PortalUrls.Proxy(id),
        _ => null,
    };
}
