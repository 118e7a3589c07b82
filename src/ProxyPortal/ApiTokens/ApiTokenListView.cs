namespace ProxyPortal.ApiTokens;

/// <summary>What of the tokens is shown, as it stands in the address. Pages count from 1. They are too few to be searched.</summary>
public sealed record ApiTokenListView(int Page, int PageSize) : IListView<ApiTokenListView>
{
    public bool IsFiltered => false;

    public string Url => PortalUrls.ApiTokensAt(Page, PageSize);

    public ApiTokenListView At(int page, int pageSize) => new(page, pageSize);

    public ApiTokenListView Searching(string? text) => this;
}
