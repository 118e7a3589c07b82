using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Components.Search;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.MyAccess;
using ProxyPortal.Overview.Needs;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Announcements;

public sealed class AnnouncementPagesTests : PortalPageTest
{
    private Guid _hq;

    private AnnouncementService Announcements => Host.Get<AnnouncementService>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        CreatedProxy proxy = await AddProxyAsync(endpoint: "hq", host: "old.example.test");
        await Proxies.AddEndpointAsync(Administrator, proxy.Id, new EndpointInput { Name = "hq-new", Host = "new.example.test", Port = "3129" }, None);
        await using PortalDbContext db = await Host.OpenAsync();
        await db.ProxyEndpoints.Where(row => row.Name == "hq").ExecuteUpdateAsync(row => row.SetProperty(endpoint => endpoint.Schemes, AuthSchemes.Basic | AuthSchemes.Digest), None);
        _hq = await db.ProxyEndpoints.Where(row => row.Name == "hq").Select(row => row.Id).SingleAsync(None);
    }

    [Fact]
    public async Task List_TeachesWhenEmpty_AndShowsTheStateOfEach()
    {
        Reads(Show<AnnouncementsPage>(), "No change is announced");
        Guid id = await AnnounceAsync();
        await UseAsync(await AddUserAsync("alice"));
        IRenderedComponent<AnnouncementsPage> page = Show<AnnouncementsPage>();
        Reads(page, "hq is replaced by hq-new");
        Reads(page, "Told1");
        Reads(page, "Still using it1");
        Reads(page, "Ahead");
        Time.Advance(TimeSpan.FromDays(8));
        Reads(Show<AnnouncementsPage>(), "Due");
        await Announcements.CarryOutAsync(Administrator, id, None);
        Reads(Show<AnnouncementsPage>(), "Carried out");
    }

    [Fact]
    public void New_ShowsWhatUsersWillSee_AndAnnounces()
    {
        GoTo(PortalUrls.AnnounceChangeOf("hq"));
        IRenderedComponent<IComponent> page = Open<NewAnnouncementPage>();
        Reads(page, "it appears here as you type");
        Type(page, "New endpoint", "hq-new");
        Type(page, "When the old way ends", "2099-01-02T10:00");
        Type(page, "Comment", "The old host moves.");
        Reads(page, "hq is replaced by hq-new");
        Reads(page, "Changed: new.example.test");
        Reads(page, "Changed: 3129");

        Press(page, "Announce");
        ReadsAt(page, "When the old way ends", "within three years");
        Type(page, "When the old way ends", Typed(Time.GetUtcNow().AddDays(7)));
        Press(page, "Announce");
        page.WaitForAssertion(() => Assert.StartsWith("/announcements/0", Path, StringComparison.Ordinal));
        AnnouncementDetail row = Assert.Single(All());
        Assert.Equal(("hq", "hq-new", "The old host moves."), (row.Endpoint, row.Replacement, row.Comment));
    }

    // Sent as it is, it would announce that the endpoint ends without a successor.
    [Fact]
    public void New_WhatWasChosenButNotNamed_IsAskedFor()
    {
        IRenderedComponent<IComponent> page = Open<NewAnnouncementPage>();
        Press(page, "Announce");
        ReadsAt(page, "Endpoint", "Choose one of the endpoints.");
        Type(page, "Endpoint", "hq");
        Type(page, "When the old way ends", Typed(Time.GetUtcNow().AddDays(7)));
        Press(page, "Announce");
        ReadsAt(page, "New endpoint", "Choose the endpoint that takes its place.");
        Choose(page, "Ways to sign in end at it; the address stays");
        Press(page, "Announce");
        Reads(page, "Choose the schemes that end.");
        Assert.Empty(All());

        Tick(page, "Basic");
        Tick(page, "Digest");
        Press(page, "Announce");
        Reads(page, "With its last scheme nobody could sign in there any more.");
        Tick(page, "Digest", isOn: false);
        Reads(page, "Sign-in by Basic ends at hq");
        Press(page, "Announce");
        page.WaitForAssertion(() => Assert.Equal(["Basic"], Assert.Single(All()).EndingSchemes));
    }

    [Fact]
    public async Task Detail_ShowsWhoStillGoesTheOldWay_AndRemindsThem()
    {
        Guid id = await AnnounceAsync();
        IRenderedComponent<IComponent> page = Open<AnnouncementPage>((nameof(AnnouncementPage.Id), id));
        Reads(page, "Nobody has gone the old way for seven days.");
        Assert.True(Button(page, "Remind").HasAttribute("disabled"));

        Actor alice = await AddUserAsync("alice");
        await UseAsync(alice);
        await Host.Get<PlannedChanges>().AcknowledgeAsync(alice, id, None);
        page = Open<AnnouncementPage>((nameof(AnnouncementPage.Id), id));
        Assert.Equal(PortalUrls.User(alice.Id!.Value), Button(page, "alice").GetAttribute("href"));
        Reads(page, "Knows");
        Reads(page, "NewNot yet");
        Press(page, "Remind");
        Reads(page, "Remind 1 person?");
        Press(page, "Remind 1 person");
        page.WaitForAssertion(() => Assert.Equal(1, Count(AuditAction.AnnouncementReminded)));
    }

    [Fact]
    public async Task CarryOut_WhileSomebodyGoesTheOldWay_AsksForItsName()
    {
        Guid id = await AnnounceAsync();
        await UseAsync(await AddUserAsync("alice"));
        IRenderedComponent<IComponent> page = Open<AnnouncementPage>((nameof(AnnouncementPage.Id), id));
        Press(page, "Carry out now");
        Reads(page, "Carry it out although 1 person still goes the old way?");
        Reads(page, "hq is removed; hq-new stands in its place");
        Type(page, "Type hq to confirm", "hq");
        await page.InvokeAsync(() => page.FindAll(".mud-dialog button").Last(button => button.TextContent.Trim() == "Carry out now").Click());
        page.WaitForAssertion(() => Assert.NotNull(Assert.Single(All()).RetiredAt));
        Reads(page, "Carried out");
        page.WaitForAssertion(() => Assert.False(Has(page, "Carry out now") || Has(page, "Edit") || Has(page, "Withdraw")));
    }

    [Fact]
    public async Task Withdraw_LeadsBackToTheList()
    {
        IRenderedComponent<IComponent> page = Open<AnnouncementPage>((nameof(AnnouncementPage.Id), await AnnounceAsync()));
        Press(page, "Withdraw");
        Reads(page, "The old way stays");
        await page.InvokeAsync(() => page.FindAll(".mud-dialog button").Last(button => button.TextContent.Trim() == "Withdraw").Click());
        page.WaitForAssertion(() => Assert.Equal(PortalUrls.Announcements, Path));
        Assert.Empty(All());
    }

    [Fact]
    public async Task Edit_WhoComesSecond_IsToldWhatDiffers()
    {
        Guid id = await AnnounceAsync();
        IRenderedComponent<IComponent> page = Open<AnnouncementPage>((nameof(AnnouncementPage.Id), id));
        Press(page, "Edit");
        AnnouncementDetail now = Assert.Single(All());
        await Announcements.ChangeAsync(Administrator, id, new AnnouncementInput { EffectiveAt = now.EffectiveAt, Comment = "Theirs." }, now.Version, None);
        Type(page, "Comment", "Mine.");
        Press(page, "Save changes");
        Reads(page, "Someone else changed this announcement meanwhile");
        Reads(page, "Theirs.");
        Press(page, "Save my input over it");
        page.WaitForAssertion(() => Assert.Equal("Mine.", Assert.Single(All()).Comment));
        Reads(page, "Mine.");
    }

    [Theory]
    [InlineData(PortalRole.Operator)]
    [InlineData(PortalRole.Auditor)]
    public async Task Others_ReadAndChangeNothing(PortalRole role)
    {
        Guid id = await AnnounceAsync();
        SignIn(await Host.AddPersonAsync("helper", role));
        Assert.False(Has((IRenderedComponent<IComponent>)Show<AnnouncementsPage>(), "Announce a change"));
        IRenderedComponent<IComponent> page = Open<AnnouncementPage>((nameof(AnnouncementPage.Id), id));
        Reads(page, "Still on the old way");
        Assert.False(Has(page, "Remind") || Has(page, "Carry out now") || Has(page, "Withdraw") || Has(page, "Edit"));
        Reads(Open<NewAnnouncementPage>(), "Not available to you");
    }

    [Fact]
    public async Task Operator_OfSomeGroups_HearsOfTheirMembersOnly()
    {
        var sales = new Group { Name = "sales" };
        await Host.AddRowAsync(sales);
        await UseAsync(await AddUserAsync("alice"));
        CreatedUser anna = await Host.AddUserAsync("anna", input => input with { Groups = ["sales"] });
        await UseAsync(new Actor(anna.Id, "anna", PortalRole.None, null));
        Actor helper = await Host.AddPersonAsync("helper", PortalRole.Operator);
        await Host.ChangeUserAsync(helper.Id!.Value, user => user.RoleGroups = [sales.Id]);
        SignIn(helper);
        IRenderedComponent<IComponent> page = Open<AnnouncementPage>((nameof(AnnouncementPage.Id), await AnnounceAsync()));
        Reads(page, "anna");
        ReadsNot(page, "alice");
    }

    [Fact]
    public async Task Need_IsToldWhenNobodyIsLeft_AndWhenItIsDue()
    {
        Actor alice = await AddUserAsync("alice");
        await UseAsync(alice);
        Guid id = await AnnounceAsync();
        Assert.Empty(await NeedsAsync());
        Time.Advance(TimeSpan.FromDays(6.5));
        Assert.Empty(await NeedsAsync());
        Time.Advance(TimeSpan.FromHours(12.5));
        Assert.Equal(("1 announced change can be carried out", PortalUrls.Announcement(id)), Assert.Single(await NeedsAsync()));
        Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("1 announced change is due", Assert.Single(await NeedsAsync()).Title);
        await Announcements.CarryOutAsync(Administrator, id, None);
        Assert.Empty(await NeedsAsync());
    }

    [Fact]
    public async Task MyAccess_ShowsTheChange_AndTakesThatItIsKnown()
    {
        Guid id = await AnnounceAsync();
        Actor alice = await AddUserAsync("alice");
        SignIn(alice);
        IRenderedComponent<IComponent> page = Open<MyAccessHome>();
        Reads(page, "hq is replaced by hq-new");
        Reads(page, "A change is announced, see above:");
        Reads(page, "Takes the place of hq.");
        Press(page, "I know: hq");
        Reads(page, "You have said that you know.");
        Assert.False(Has(page, "I know: hq"));
        Assert.Equal(1, (await Announcements.GetAsync(Administrator, id, None)).Value.Counts.Acknowledged);
    }

    [Fact]
    public async Task MyAccess_WithdrawnMeanwhile_GoesFromThePage()
    {
        Guid id = await AnnounceAsync();
        SignIn(await AddUserAsync("alice"));
        IRenderedComponent<IComponent> page = Open<MyAccessHome>();
        Reads(page, "hq is replaced by hq-new");
        await Announcements.WithdrawAsync(Administrator, id, None);
        Press(page, "I know: hq");
        ReadsNot(page, "hq is replaced by hq-new");
    }

    [Fact]
    public async Task Palette_FindsThePageAndTheAnnouncements_OnlyForThoseWhoMayRead()
    {
        Guid id = await AnnounceAsync();
        IPaletteSource source = Services.GetServices<IPaletteSource>().Single(one => one.Kind == "Announcements");
        Assert.Equal(PortalUrls.Announcements, Assert.Single(await source.SearchAsync("announce", Principal("Operator"), None)).Url);
        Assert.Equal(PortalUrls.Announcement(id), Assert.Single(await source.SearchAsync("hq-new", Principal("Operator"), None)).Url);
        Assert.Empty(await source.SearchAsync("hq", Principal("None"), None));
    }

    private static ClaimsPrincipal Principal(string role) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Guid.CreateVersion7().ToString()), new(ClaimTypes.Role, role)], "test"));

    private static string Typed(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static void Choose(IRenderedComponent<IComponent> page, string label) => page.InvokeAsync(() => Field(page, label).Change("on")).GetAwaiter().GetResult();

    private static void Tick(IRenderedComponent<IComponent> page, string label, bool isOn = true) => page.InvokeAsync(() => Field(page, label).Change(isOn)).GetAwaiter().GetResult();

    private IReadOnlyList<AnnouncementDetail> All() => Ask(() => Announcements.ListAsync(Administrator, None)).Value;

    private int Count(string action)
    {
        using PortalDbContext db = Ask(Host.OpenAsync);
        return db.AuditEntries.Count(entry => entry.Action == action);
    }

    private async Task<IReadOnlyList<(string Title, string Url)>> NeedsAsync() =>
        [.. (await Host.Get<NeedsService>().FindAsync(Administrator, None)).Value.Where(need => need.Url.StartsWith(PortalUrls.Announcements, StringComparison.Ordinal)).Select(need => (need.Title, need.Url))];

    private Task<Actor> AddUserAsync(string userId) => Host.AddPersonAsync(userId, PortalRole.None);

    private Task UseAsync(Actor user)
    {
        byte[] id = Guid.CreateVersion7().ToByteArray();
        return Host.AddRowAsync(new VerificationEvent
        {
            Id = id,
            LastId = id,
            FirstAt = Time.GetUtcNow(),
            LastAt = Time.GetUtcNow(),
            UserId = user.Id,
            Login = user.Name,
            ProxyName = "hq-squid",
            EndpointId = _hq,
            EndpointName = "hq",
            Scheme = AuthSchemes.Basic,
            Count = 1,
        });
    }

    private async Task<Guid> AnnounceAsync() => (await Announcements.AnnounceAsync(Administrator,
        new AnnouncementInput { Endpoint = "hq", Replacement = "hq-new", EffectiveAt = Time.GetUtcNow().AddDays(7).AddHours(1), Comment = "The old host moves." }, None)).Value;
}
