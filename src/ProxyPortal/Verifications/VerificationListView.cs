using ProxyPortal.Core.Verification;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Verifications;

/// <summary>What of the stored verifications is shown, as it stands in the address. Pages count from 1.</summary>
/// <param name="Search">A user-id, a login name with a device, or the id of an answer.</param>
/// <param name="Code">A reason; null = any, None = accepted.</param>
/// <param name="From">Those that ended at this time or later.</param>
/// <param name="To">Those that began before.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="PageSize">Rows of a page.</param>
public sealed record VerificationListView(string? Search, RejectionReason? Code, DateTimeOffset? From, DateTimeOffset? To, int Page, int PageSize) : IListView<VerificationListView>
{
    public bool IsFiltered => Search is not null || Code is not null || From is not null || To is not null;

    public VerificationEventQuery Query => new(Search, Code?.Code(), From, To, Page - 1, PageSize);

    public string Url => PortalUrls.Verifications(Search, Code?.Code(), From, To, Page, PageSize == ListAddress.DefaultSize ? null : PageSize);

    public VerificationListView At(int page, int pageSize) => this with { Page = page, PageSize = pageSize };

    public VerificationListView Searching(string? text) => this with { Search = text, Page = 1 };

    /// <summary>The same for one reason; the chosen one leads back to all.</summary>
    public VerificationListView Of(RejectionReason? reason) => this with { Code = reason == Code ? null : reason, Page = 1 };

    /// <summary>From the parts of an address; what makes no sense is left out.</summary>
    public static VerificationListView Read(string? search, string? code, string? from, string? to, string? page, string? pageSize) => new(
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(), code is not null && RejectionReasons.TryParse(code, out RejectionReason reason) ? reason : null,
        ListAddress.ReadTime(from), ListAddress.ReadTime(to), ListAddress.ReadPage(page), ListAddress.ReadSize(pageSize));
}
