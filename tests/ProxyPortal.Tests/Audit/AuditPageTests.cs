using System.Reflection;
using Bunit;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Audit;

public sealed class AuditPageTests : PortalPageTest
{
    [Fact]
    public async Task Entry_Opened_ShowsWhatChangedInWords()
    {
        CreatedUser alice = await Host.AddUserAsync("alice");
        await Host.Users.ChangeAsync(Host.Admin, alice.Id,
            new UserInput { DisplayName = "Alice Abel", ValidUntil = Time.GetUtcNow().AddDays(30) }, 1, CancellationToken.None);
        long version = (await Host.Users.GetAsync(Host.Admin, alice.Id, CancellationToken.None)).Value.Version;
        await Host.Users.ChangeAsync(Host.Admin, alice.Id,
            new UserInput { DisplayName = "Alice Abel", ValidUntil = Time.GetUtcNow().AddDays(30) }, version, CancellationToken.None);
        GoTo(PortalUrls.Audit(action: AuditAction.UserChanged));
        IRenderedComponent<AuditPage> page = Show<AuditPage>();

        await page.Find("button[aria-expanded]").ClickAsync(new());

        Assert.Contains("Valid until", TextOf(page));
        Assert.Contains("not set", TextOf(page));
        Assert.Contains("3 Dec 2026, 12:00 UTC", TextOf(page));
        Assert.Contains("user.changed", TextOf(page));
    }

    [Fact]
    public async Task Filters_FromTheAddress_NarrowTheList()
    {
        CreatedUser alice = await Host.AddUserAsync("alice");
        await Host.AddUserAsync("bob");
        GoTo(PortalUrls.Audit(target: alice.Id, actor: Host.Admin.Id));
        IRenderedComponent<AuditPage> page = Show<AuditPage>();

        Assert.Contains("1 entry", TextOf(page));
        Assert.True(Has(page, "Remove filter: about one subject"));
    }

    [Fact]
    public void List_NothingMatches_OffersToClear()
    {
        GoTo(PortalUrls.Audit("nothing-like-this"));
        Assert.True(Has(Show<AuditPage>(), "Clear filters"));
    }

    [Fact]
    public void List_NothingYet_SaysWhatWillBeHere() => Assert.Contains("Nothing was changed yet", TextOf(Show<AuditPage>()));

    [Fact]
    public void List_Operator_IsNotAvailable()
    {
        SignIn(new Actor(Guid.CreateVersion7(), "otto", PortalRole.Operator, null));
        Assert.Contains("Not available to you", TextOf(Show<AuditPage>()));
    }

    [Fact]
    public async Task List_Broken_ShowsAnIncident()
    {
        await Host.BreakAsync("audit_entries");
        Assert.Matches("Incident [2-9A-Z]{8}", TextOf(Show<AuditPage>()));
    }

    [Fact]
    public async Task Query_FromToAndActor_AreWeighed()
    {
        await Host.AddUserAsync("alice");
        Time.Advance(TimeSpan.FromHours(1));
        await Host.AddUserAsync("bob");
        DateTimeOffset now = Time.GetUtcNow();
        AuditTrail audit = Host.Get<AuditTrail>();

        async Task<int> Count(AuditQuery query) => (await audit.ListAsync(Host.Admin, query, CancellationToken.None)).Value.Total;

        Assert.Equal(1, await Count(new AuditQuery(From: now)));
        Assert.Equal(1, await Count(new AuditQuery(To: now)));
        Assert.Equal(2, await Count(new AuditQuery(ActorId: Host.Admin.Id)));
        Assert.Equal(0, await Count(new AuditQuery(ActorId: Guid.CreateVersion7())));
    }

    [Theory]
    [InlineData("ALI", 1)]
    [InlineData("ADMIN", 2)]
    [InlineData("192.0.2.", 2)]
    [InlineData("a_ice", 0)]
    public async Task Search_InAnotherCase_FindsTheSame(string search, int expected)
    {
        await Host.AddUserAsync("alice");
        await Host.AddUserAsync("bob");
        Assert.Equal(expected, (await Host.Get<AuditTrail>().ListAsync(Host.Admin, new AuditQuery(search), CancellationToken.None)).Value.Total);
    }

    [Fact]
    public void Words_EveryAction_HasThem() => Assert.All(
        typeof(AuditAction).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!),
        code => Assert.True(AuditWords.All.ContainsKey(code), code));

    [Fact]
    public void Changes_DamagedState_CountsAsEmpty() =>
        Assert.Equal([new AuditChange("name", null, "hq")], AuditChange.Between("{broken", """{"name":"hq","gone":null}"""));

    [Theory]
    [InlineData("validUntil", "Valid until")]
    [InlineData("userName", "User-id")]
    [InlineData("somethingNewer", "Something newer")]
    public void Field_Stored_IsSaidInWords(string stored, string said) => Assert.Equal(said, AuditWords.Field(stored));
}
