namespace ProxyPortal.Devices;

/// <summary>What of the registry is shown, as it stands in the address. Pages count from 1, as people do.</summary>
public sealed record DeviceListView(string? Search, DeviceStatus? Status, DeviceKind? Kind, Guid? UserId, string? Sort, bool Descending, int Page, int PageSize) : IListView<DeviceListView>
{
    public bool IsFiltered => Search is not null || Status is not null || Kind is not null || UserId is not null;

    public DeviceQuery Query => new(Search, Status, Kind, UserId, Sort, Descending, Page - 1, PageSize);

    public string Url => PortalUrls.Devices(
        Search, Status?.Code(), Kind is { } kind ? DeviceWords.CodeOf(kind) : null, UserId, Sort, Descending, Page, PageSize == ListAddress.DefaultSize ? null : PageSize);

    public DeviceListView SortedBy(string field) => this with { Sort = field, Descending = IsSortedBy(field) && !Descending, Page = 1 };

    public bool IsSortedBy(string field) => (Sort ?? "name") == field;

    public DeviceListView At(int page, int pageSize) => this with { Page = page, PageSize = pageSize };

    public DeviceListView Searching(string? text) => this with { Search = text, Page = 1 };
}

/// <summary>What of the requests is shown, as it stands in the address: the oldest first, because they lapse first.</summary>
public sealed record DeviceRequestView(string? Search, int Page, int PageSize) : IListView<DeviceRequestView>
{
    public bool IsFiltered => Search is not null;

    public DeviceQuery Query => new(Search, DeviceStatus.Requested, Sort: "createdAt", Page: Page - 1, PageSize: PageSize);

    public string Url => PortalUrls.DeviceRequestsAt(Search, Page, PageSize == ListAddress.DefaultSize ? null : PageSize);

    public DeviceRequestView At(int page, int pageSize) => this with { Page = page, PageSize = pageSize };

    public DeviceRequestView Searching(string? text) => this with { Search = text, Page = 1 };
}
