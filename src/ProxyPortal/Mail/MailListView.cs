namespace ProxyPortal.Mail;

/// <summary>What of the mails is shown, as it stands in the address. Pages count from 1.</summary>
/// <param name="Search">A part of an address or a subject.</param>
/// <param name="State">One state; null = any.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="PageSize">Rows of a page.</param>
public sealed record MailListView(string? Search, MailState? State, int Page, int PageSize) : IListView<MailListView>
{
    public bool IsFiltered => Search is not null || State is not null;

    public MailQuery Query => new(Search, State, Page - 1, PageSize);

    public string Url => PortalUrls.Mails(State?.Code(), Search, Page, PageSize == ListAddress.DefaultSize ? null : PageSize);

    public MailListView At(int page, int pageSize) => this with { Page = page, PageSize = pageSize };

    public MailListView Searching(string? text) => this with { Search = text, Page = 1 };

    /// <summary>From the parts of an address; what makes no sense is left out.</summary>
    public static MailListView Read(string? search, string? state, string? page, string? pageSize) => new(
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(), MailWords.Parse(state), ListAddress.ReadPage(page), ListAddress.ReadSize(pageSize));
}
