namespace ProxyPortal.Groups;

/// <summary>What of the list of groups is shown, as it stands in the address.</summary>
public sealed record GroupListView(string? Search, string? Sort, bool Descending, int Page, int PageSize) : IListView<GroupListView>
{
    public bool IsFiltered => Search is not null;

    public GroupQuery Query => new(Search, Sort, Descending, Page - 1, PageSize);

    public string Url => PortalUrls.GroupList(Search, Sort, Descending, Page, PageSize == ListAddress.DefaultSize ? null : PageSize);

    public GroupListView SortedBy(string field) => this with { Sort = field, Descending = IsSortedBy(field) && !Descending, Page = 1 };

    public bool IsSortedBy(string field) => (Sort ?? "name") == field;

    public GroupListView At(int page, int pageSize) => this with { Page = page, PageSize = pageSize };

    public GroupListView Searching(string? text) => this with { Search = text, Page = 1 };

    public static GroupListView Read(string? search, string? sort, string? descending, string? page, string? pageSize) => new(
        string.IsNullOrWhiteSpace(search) ? null : search, string.IsNullOrEmpty(sort) ? null : sort, descending == "true", ListAddress.ReadPage(page), ListAddress.ReadSize(pageSize));
}
