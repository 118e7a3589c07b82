namespace ProxyPortal.Asking;

/// <summary>What of the queue is shown, as it stands in the address. Pages count from 1, as people do.</summary>
public sealed record RequestListView(string? Search, RequestKind? Kind, RequestStatus Status, int Page, int PageSize) : IListView<RequestListView>
{
    public bool IsFiltered => Search is not null || Kind is not null || Status is not RequestStatus.Waiting;

    public RequestQuery Query => new(Search, Kind, Status, Page - 1, PageSize);

    public string Url => PortalUrls.Requests(Search, Kind?.Code(), Status is RequestStatus.Waiting ? null : Status.Code(), Page, PageSize == ListAddress.DefaultSize ? null : PageSize);

    public RequestListView At(int page, int pageSize) => this with { Page = page, PageSize = pageSize };

    public RequestListView Searching(string? text) => this with { Search = text, Page = 1 };
}
