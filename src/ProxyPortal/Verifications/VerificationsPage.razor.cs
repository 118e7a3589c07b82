using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Verifications;

/// <summary>The stored verifications, filtered by their address. An id out of a proxy's log finds the one it belongs to.</summary>
public partial class VerificationsPage
{
    private IReadOnlyDictionary<RejectionReason, long> _reasons = new Dictionary<RejectionReason, long>();
    private string? _note;

    [Inject]
    public required VerificationEventQueries Events { get; init; }

    [SupplyParameterFromQuery]
    public string? Code { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{Rows.Total:N0} {(Rows.Total == 1 ? "row" : "rows")}");

    protected override VerificationListView ReadAddress() => VerificationListView.Read(Search, Code, From, To, Page, PageSize);

    protected override async Task<Result<PageOf<VerificationEvent>>> ReadRowsAsync(Actor actor, VerificationListView view)
    {
        Result<IReadOnlyDictionary<RejectionReason, long>> reasons = await Events.CountReasonsAsync(actor, ReasonChart.Window, Gone);
        if (reasons.Error is { } refused)
            return refused;
        _reasons = reasons.Value;
        _note = null;
        return view.Search is { } id && VerificationId.TryParse(id, out _) ? await FindAsync(actor, id) : await Events.ListAsync(actor, view.Query, Gone);
    }

    private async Task<Result<PageOf<VerificationEvent>>> FindAsync(Actor actor, string id)
    {
        Result<FoundEvents> found = await Events.FindAsync(actor, id, Gone);
        if (found.Error is { } refused)
            return refused;
        if (!found.Value.IsExact && found.Value.Events.Count > 0)
            _note = "This id lies within a row that stands for several equal verifications; these are the rows of its moment.";
        return new PageOf<VerificationEvent>(found.Value.Events, found.Value.Events.Count);
    }

    private void OnCode(ChangeEventArgs change) =>
        Go(View with { Code = change.Value is string { Length: > 0 } code && RejectionReasons.TryParse(code, out RejectionReason reason) ? reason : null, Page = 1 });

    private void OnFrom(DateTimeOffset? from) => Go(View with { From = from, Page = 1 });

    private void OnTo(DateTimeOffset? to) => Go(View with { To = to, Page = 1 });
}
