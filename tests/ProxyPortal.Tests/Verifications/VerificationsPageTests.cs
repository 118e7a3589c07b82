using Bunit;
using ProxyPortal.Access;
using ProxyPortal.Core.Verification;
using ProxyPortal.Tests.Components;
using ProxyPortal.Tests.Verification.Events;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;
using ProxyPortal.Verifications;
using Xunit;

namespace ProxyPortal.Tests.Verifications;

public sealed class VerificationsPageTests : PortalPageTest
{
    [Fact]
    public void Nothing_SaysWhatWillBeHere() => Reads(Show<VerificationsPage>(), "No proxy asked yet");

    [Fact]
    public async Task Rows_TellTheTrueReasonFromWhereAndThroughWhat()
    {
        await RecordAsync("alice", RejectionReason.AccountSuspended);
        await RecordAsync("bob", RejectionReason.None);

        var page = Show<VerificationsPage>();

        Reads(page, "Suspended");
        Reads(page, "192.0.2.10");
        Reads(page, "hq-squid");
        Reads(page, "2 rows");
    }

    [Fact]
    public async Task Filters_FromTheAddress_NarrowTheList()
    {
        await RecordAsync("alice", RejectionReason.AccountSuspended);
        await RecordAsync("bob", RejectionReason.None);

        GoTo(PortalUrls.Verifications(code: RejectionReason.AccountSuspended.Code()));
        var page = Show<VerificationsPage>();
        Reads(page, "1 row");
        Assert.Contains("alice", TextOf(page.Find("ol.pp-rows")), StringComparison.Ordinal);

        GoTo(PortalUrls.Verifications(code: RejectionReason.Throttled.Code()));
        Assert.True(Has(Show<VerificationsPage>(), "Clear filters"));
    }

    // An id stands in the proxy's log, and in the page that the refused person sees.
    [Fact]
    public async Task Search_ByTheIdOfAnAnswer_FindsItsRow()
    {
        VerificationId id = await RecordAsync("alice", RejectionReason.AccountSuspended);
        await RecordAsync("bob", RejectionReason.None);

        GoTo(PortalUrls.Verifications(id.ToString()));

        var page = Show<VerificationsPage>();
        Reads(page, "1 row");
        Assert.Contains("alice", TextOf(page.Find("ol.pp-rows")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chart_SumsUp_AndEachBarIsTheFilteredList()
    {
        await RecordAsync("alice", RejectionReason.AccountSuspended);
        await RecordAsync("bob", RejectionReason.None);
        await Host.Get<EventRetention>().RollUpAsync(Time.GetUtcNow(), Time.GetUtcNow(), None);

        var page = Show<VerificationsPage>();

        Assert.Equal(PortalUrls.Verifications(code: "account.suspended"), page.Find("a[aria-label='Suspended: 1']").GetAttribute("href"));
        Assert.NotNull(page.Find("a[aria-label='Accepted: 1']"));
    }

    [Theory]
    [InlineData(PortalRole.Operator, true)]
    [InlineData(PortalRole.Auditor, true)]
    [InlineData(PortalRole.None, false)]
    public async Task Page_IsForThoseWhoMayReadEvents(PortalRole role, bool sees)
    {
        SignIn(new Actor((await Host.AddPersonAsync("somebody", role)).Id, "somebody", role, null));
        Assert.Equal(!sees, TextOf(Show<VerificationsPage>()).Contains("Not available to you", StringComparison.Ordinal));
    }

    private async Task<VerificationId> RecordAsync(string user, RejectionReason reason)
    {
        VerificationId id = Host.Get<VerificationEvents>().Record(Time.GetUtcNow(), Recording.User(user), reason: reason, source: Recording.Desk);
        await Host.Get<EventWriter>().FlushAsync(all: true, None);
        return id;
    }
}
