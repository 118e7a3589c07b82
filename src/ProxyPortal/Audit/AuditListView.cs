namespace ProxyPortal.Audit;

/// <summary>What of the trail is shown, as it stands in the address. Pages count from 1.</summary>
public sealed record AuditListView(
    string? Search, string? Action, Guid? Actor, Guid? Target, DateTimeOffset? From, DateTimeOffset? To, int Page, int PageSize) : IListView<AuditListView>
{
    public bool IsFiltered => Search is not null || Action is not null || Actor is not null || Target is not null || From is not null || To is not null;

    public AuditQuery Query => new(Search, Action, Target, Page - 1, PageSize, Actor, From, To);

    public string Url => PortalUrls.Audit(Search, Action, Actor, Target, From, To, Page, PageSize == ListAddress.DefaultSize ? null : PageSize);

    /// <summary>All that the filters match, as a file: <c>csv</c> or <c>jsonl</c>.</summary>
    public string FileUrl(string format) => PortalUrls.AuditFileOf(format, Search, Action, Actor, Target, From, To);

    public AuditListView At(int page, int pageSize) => this with { Page = page, PageSize = pageSize };

    public AuditListView Searching(string? text) => this with { Search = text, Page = 1 };

    /// <summary>From the parts of an address; what makes no sense is left out.</summary>
    public static AuditListView Read(
        string? search, string? action, string? actor, string? target, string? from, string? to, string? page, string? pageSize) => new(
        string.IsNullOrWhiteSpace(search) ? null : search, action is not null && AuditWords.All.ContainsKey(action) ? action : null,
        Id(actor), Id(target), ListAddress.ReadTime(from), ListAddress.ReadTime(to), ListAddress.ReadPage(page), ListAddress.ReadSize(pageSize));

    private static Guid? Id(string? text) => Guid.TryParse(text, out Guid id) ? id : null;
}
