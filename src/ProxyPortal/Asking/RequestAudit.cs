using ProxyPortal.Audit;

namespace ProxyPortal.Asking;

/// <summary>A request in the audit trail.</summary>
internal static class RequestAudit
{
    /// <param name="request">The request.</param>
    /// <param name="what">The group; null for access.</param>
    /// <param name="who">Who asks.</param>
    public static AuditTarget Target(AccessRequest request, string? what, string who) => new("request", request.Id, what is null ? who : $"{who}: {what}");

    public static object Snapshot(AccessRequest request) => new { State = request.State.ToString(), request.Reason, request.Days, request.DecisionReason, request.MemberUntil };
}
