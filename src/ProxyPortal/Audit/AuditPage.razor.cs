using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

/// <summary>The audit trail, filtered by its address.</summary>
public partial class AuditPage
{
    [Inject]
    public required AuditTrail Audit { get; init; }

    [SupplyParameterFromQuery]
    public string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    public string? ActorId { get; set; }

    [SupplyParameterFromQuery]
    public string? Target { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{Rows.Total:N0} {(Rows.Total == 1 ? "entry" : "entries")}");

    protected override AuditListView ReadAddress() => AuditListView.Read(Search, Action, ActorId, Target, From, To, Page, PageSize);

    protected override Task<Result<PageOf<AuditEntry>>> ReadRowsAsync(Actor actor, AuditListView view) => Audit.ListAsync(actor, view.Query, Gone);

    private void OnAction(ChangeEventArgs change) => Go(View with { Action = change.Value is string { Length: > 0 } code ? code : null, Page = 1 });

    private void OnFrom(DateTimeOffset? from) => Go(View with { From = from, Page = 1 });

    private void OnTo(DateTimeOffset? to) => Go(View with { To = to, Page = 1 });

    private string NameOf(Guid actor) => Rows.Items.FirstOrDefault(entry => entry.ActorId == actor)?.ActorName ?? actor.ToString();

    private string SubjectOf(Guid target) => Rows.Items.FirstOrDefault(entry => entry.TargetId == target)?.TargetName ?? target.ToString();
}
