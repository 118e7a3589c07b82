namespace ProxyPortal.Users;

/// <summary>What of the list is shown, as it stands in the address. Pages count from 1, as people do.</summary>
public sealed record UserListView(string? Search, UserStatus? Status, string? Sort, bool Descending, int Page, int PageSize, string? Tag = null, string? Group = null) : IListView<UserListView>
{
    public bool IsFiltered => Search is not null || Status is not null || Tag is not null || Group is not null;

    public UserQuery Query => new(Search, Status, Sort, Descending, Page - 1, PageSize) { Tag = Tag, Group = Group };

    public string Url => PortalUrls.Users(Search, Status?.Code(), Sort, Descending, Page, PageSize == ListAddress.DefaultSize ? null : PageSize, Tag, Group);

    public UserListView SortedBy(string field) => this with { Sort = field, Descending = IsSortedBy(field) && !Descending, Page = 1 };

    public bool IsSortedBy(string field) => (Sort ?? "userId") == field;

    public UserListView At(int page, int pageSize) => this with { Page = page, PageSize = pageSize };

    public UserListView Searching(string? text) => this with { Search = text, Page = 1 };

    /// <summary>From the parts of an address; what makes no sense is left out, but for the order: the service names what there is.</summary>
    public static UserListView Read(string? search, string? status, string? sort, string? descending, string? page, string? pageSize, string? tag = null, string? group = null) => new(
        string.IsNullOrWhiteSpace(search) ? null : search, UserStatuses.Parse(status), string.IsNullOrEmpty(sort) ? null : sort,
        descending == "true", ListAddress.ReadPage(page), ListAddress.ReadSize(pageSize),
        string.IsNullOrWhiteSpace(tag) ? null : tag.Trim(), string.IsNullOrWhiteSpace(group) ? null : group.Trim());
}
