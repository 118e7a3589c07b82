using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Audit;

/// <summary>The audit trail, filtered by its address.</summary>
public partial class AuditPage
{
    private AuditListView _view = AuditListView.Read(null, null, null, null, null, null, null, null);
    private AuditListView? _shown;
    private PageOf<AuditEntry> _page = new([], 0);

    [Inject]
    public required AuditTrail Audit { get; init; }

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

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

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [SupplyParameterFromQuery]
    public string? PageSize { get; set; }

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{_page.Total:N0} {(_page.Total == 1 ? "entry" : "entries")}");

    protected override async Task OnParametersSetAsync()
    {
        _view = AuditListView.Read(Search, Action, ActorId, Target, From, To, Page, PageSize);
        if (_view != _shown)
            await ReadAsync();
    }

    private Task ReadAsync() => LoadAsync(async actor =>
    {
        AuditListView view = _view;
        Result<PageOf<AuditEntry>> found = await Audit.ListAsync(actor, view.Query, Gone);
        if (found.Error is { } error)
            return error;
        if (view != _view)
            return null;
        (_page, _shown) = (found.Value, view);
        if (_page is { Items.Count: 0, Total: > 0 })
            Go(view with { Page = (_page.Total - 1) / view.PageSize + 1 });
        return null;
    });

    private void OnSearch(string? text) => Go(_view with { Search = text, Page = 1 });

    private void OnAction(ChangeEventArgs change) => Go(_view with { Action = change.Value is string { Length: > 0 } code ? code : null, Page = 1 });

    private void OnFrom(DateTimeOffset? from) => Go(_view with { From = from, Page = 1 });

    private void OnTo(DateTimeOffset? to) => Go(_view with { To = to, Page = 1 });

    private void Go(AuditListView view) => Navigation.NavigateTo(view.Url, replace: true);

    private string NameOf(Guid actor) => _page.Items.FirstOrDefault(entry => entry.ActorId == actor)?.ActorName ?? actor.ToString();

    private string SubjectOf(Guid target) => _page.Items.FirstOrDefault(entry => entry.TargetId == target)?.TargetName ?? target.ToString();
}
