using System.Net;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.Overview;
using ProxyPortal.Proxies;
using ProxyPortal.Tests.Components;
using ProxyPortal.Tests.Verification.Events;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Overview;

public sealed class OverviewPageTests : PortalPageTest
{
    private static readonly Guid Alice = Guid.CreateVersion7();
    private readonly CallerModel _caller = new() { ProxyId = Guid.CreateVersion7(), Name = "hq-squid", Endpoints = [] };

    [Fact]
    public void Empty_TeachesTheNextSteps()
    {
        IRenderedComponent<OverviewPage> page = Show<OverviewPage>();
        Assert.Equal(PortalUrls.NewProxy, Button(page, "Add a proxy").GetAttribute("href"));
        Assert.Equal(PortalUrls.NewUser, Button(page, "Add a user").GetAttribute("href"));
        Assert.Contains("No proxy asked within the last hour.", TextOf(page));
        Assert.Contains("No rejections", TextOf(page));
    }

    [Fact]
    public async Task Figures_LeadToTheListsBehindThem()
    {
        await Host.AddUserAsync("alice");
        IRenderedComponent<OverviewPage> page = Show<OverviewPage>();
        var figure = page.FindAll("a.stat").Single(link => TextOf(link).StartsWith("Without credential 1", StringComparison.Ordinal));
        Assert.Equal(PortalUrls.Users(status: "noCredential"), figure.GetAttribute("href"));
    }

    [Fact]
    public async Task SilentProxy_IsNamed_AndLeadsToItsPage()
    {
        await Host.AddRowAsync(
            new Proxy { Name = "edge-1", Realm = "r", LastCallAt = Time.GetUtcNow().AddHours(-1) },
            new Proxy { Name = "busy", Realm = "r", LastCallAt = Time.GetUtcNow().AddMinutes(-59) },
            new Proxy { Name = "lab", Realm = "r" });
        IRenderedComponent<OverviewPage> page = Show<OverviewPage>();
        string text = TextOf(page);
        Assert.Contains("edge-1", text);
        Assert.Contains("lab (never called)", text);
        Assert.DoesNotContain("busy", text);
        Assert.Equal(PortalUrls.Proxies, page.FindAll("a").Single(link => TextOf(link).StartsWith("2 proxies are silent", StringComparison.Ordinal)).GetAttribute("href"));
    }

    [Fact]
    public async Task Nothing_Waits_IsSaid()
    {
        await Host.AddRowAsync(new Proxy { Name = "busy", Realm = "r", LastCallAt = Time.GetUtcNow() });
        Reads(Show<OverviewPage>(), "Nothing waits for you.");
    }

    [Fact]
    public async Task KeyThatStoodInAUrl_WaitsToBeReplaced()
    {
        CreatedProxy proxy = await AddProxyAsync();
        await using (PortalDbContext db = await Host.OpenAsync())
        {
            (await db.CallerKeys.SingleAsync(None)).ExposedAt = Time.GetUtcNow();
            await db.SaveChangesAsync(None);
        }
        Assert.Equal(PortalUrls.Proxy(proxy.Id), Waiting("The key of hq-squid was seen in a URL"));
    }

    [Fact]
    public async Task UsersWhoseAccessEndsSoon_LeadToTheFilteredList()
    {
        await Host.AddRowAsync(new User
        {
            Id = Guid.CreateVersion7(),
            UserName = "ending",
            NormalizedUserName = "ending",
            DisplayName = "ending",
            SecurityStamp = "x",
            PasswordHash = "x",
            ValidUntil = Time.GetUtcNow().AddDays(3),
        });
        Assert.Equal(PortalUrls.Users(status: "expiresSoon", sort: "validUntil"), Waiting("1 user's access ends within 14 days"));
    }

    [Fact]
    public async Task DevicesThatWait_LeadToTheirQueue()
    {
        CreatedUser alice = await Host.AddUserAsync("alice");
        await Host.AddRowAsync(new Device { UserId = alice.Id, Name = "laptop", SecretDigest = new byte[32], State = DeviceState.Requested, RequestedAt = Time.GetUtcNow(), RequestEndsAt = Time.GetUtcNow().AddDays(1) });
        Assert.Equal(PortalUrls.DeviceRequests, Waiting("1 device waits for approval"));
    }

    [Theory]
    [InlineData(60, 0, true)]
    [InlineData(60, 24 * 19, true)]
    [InlineData(60, 24 * 20, false)]
    [InlineData(19, 0, false)]
    public async Task Rejections_WaitOnlyWhenThereAreManyMoreThanUsual(int lastHour, int dayBefore, bool waits)
    {
        await Host.AddRowAsync(
            Rollup(Time.GetUtcNow().AddMinutes(-30), RejectionReason.WrongSecret, lastHour), Rollup(Time.GetUtcNow().AddMinutes(-20), RejectionReason.NoCredentials, 5000),
            Rollup(Time.GetUtcNow().AddHours(-12), RejectionReason.WrongSecret, dayBefore));
        Assert.Equal(waits, TextOf(Show<OverviewPage>()).Contains("rejections within the last hour", StringComparison.Ordinal));
    }

    private string? Waiting(string title) =>
        Show<OverviewPage>().FindAll("ul.needs a").Single(link => TextOf(link).StartsWith(title, StringComparison.Ordinal)).GetAttribute("href");

    private static VerificationRollup Rollup(DateTimeOffset at, RejectionReason reason, int count) => new() { Span = RollupSpan.Minute, Start = at, ProxyId = Alice, Reason = reason, Count = count };

    [Fact]
    public async Task Rejection_AppearsWithoutReload_AndNotWhilePaused()
    {
        IRenderedComponent<OverviewPage> page = Show<OverviewPage>();
        Record(RejectionReason.WrongSecret, "Alice+laptop");
        Time.Advance(ActivityPanel.Beat);
        page.WaitForAssertion(() => Assert.Contains("Alice+laptop", TextOf(page)));
        Assert.Contains("Wrong password", TextOf(page));
        Assert.Contains("198.51.100.7", TextOf(page));

        await Button(page, "Pause").ClickAsync(new());
        Record(RejectionReason.UnknownUser, "mallory");
        Time.Advance(ActivityPanel.Beat);
        Time.Advance(ActivityPanel.Beat);
        Assert.DoesNotContain("mallory", TextOf(page));

        await Button(page, "Go on").ClickAsync(new());
        Assert.Contains("mallory", TextOf(page));
    }

    [Fact]
    public void Chart_HasSumsAnAccessibleNameAndATable()
    {
        Record(RejectionReason.None, "alice");
        Record(RejectionReason.WrongSecret, "alice");
        Record(RejectionReason.Overloaded, "alice");
        IRenderedComponent<OverviewPage> page = Show<OverviewPage>();

        Assert.Contains("1 accepted, 1 rejected, 1 not checked; at most 3 in one minute", Assert.Single(page.FindAll("svg[aria-label]")).GetAttribute("aria-label"));
        Button(page, "Show as a table").Click();
        Assert.Equal(60, page.FindAll("tbody tr").Count);
    }

    [Fact]
    public void Words_EveryReason_HasThem() =>
        Assert.All(Enum.GetValues<RejectionReason>(), reason => Assert.NotEmpty(RejectionWords.Of(reason).Meaning));

    [Fact]
    public async Task Watch_WithoutTheRight_TellsNoTrueReason()
    {
        var alice = new Actor(Guid.CreateVersion7(), "alice", PortalRole.None, null);
        Assert.Equal(AccessControl.Forbidden, (await Host.Get<OverviewService>().WatchAsync(alice, CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Broken_ShowsAnIncident()
    {
        await Host.BreakAsync("users");
        Assert.Matches("Incident [2-9A-Z]{8}", TextOf(Show<OverviewPage>()));
    }

    [Fact]
    public async Task OrdinaryUser_SeesOwnAccess_AndOnlyEndpointsOfTheirGroups()
    {
        CreatedUser alice = await Host.AddUserAsync("alice", input => input with { ValidUntil = Time.GetUtcNow().AddDays(40) });
        await Host.SetPasswordAsync(alice.Id);
        var proxy = new Proxy { Name = "hq", Realm = "r" };
        var open = new ProxyEndpoint { ProxyId = proxy.Id, Name = "main", Host = "proxy.example.test", Port = 3128, Transport = ProxyTransport.Http };
        var closed = new ProxyEndpoint { ProxyId = proxy.Id, Name = "lab", Host = "lab.example.test", Port = 3128 };
        var group = new Group { Name = "staff" };
        group.Endpoints.Add(open);
        await Host.AddRowAsync(proxy, open, closed, group);
        await using (var db = await Host.OpenAsync())
        {
            db.Attach(group).Entity.Users.Add((await db.Users.FindAsync([alice.Id], Xunit.TestContext.Current.CancellationToken))!);
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }
        SignIn(new Actor(alice.Id, "alice", PortalRole.None, null));

        string text = TextOf(Show<OverviewPage>());

        Assert.Contains("You can use the proxy", text);
        Assert.Contains("proxy.example.test", text);
        Assert.Contains("3128", text);
        Assert.DoesNotContain("lab.example.test", text);
        Assert.Contains("13 Dec 2026", text);
        Assert.DoesNotContain("Latest rejections", text);
    }

    [Fact]
    public async Task SuspendedUser_IsToldSo()
    {
        CreatedUser alice = await Host.AddUserAsync("alice");
        await Host.Users.SuspendAsync(Host.Admin, alice.Id, CancellationToken.None);
        SignIn(new Actor(alice.Id, "alice", PortalRole.None, null));
        Assert.Contains("An administrator suspended your access", TextOf(Show<OverviewPage>()));
    }

    [Fact]
    public void Drops_AreShown_OnceThereAreSome()
    {
        IRenderedComponent<OverviewPage> page = Render<OverviewPage>();
        Assert.DoesNotContain("dropped", TextOf(page));
        Host.Get<EventDrops>().Add(DropCause.BufferFull, 1234);
        Time.Advance(ActivityPanel.Beat);
        page.WaitForAssertion(() => Assert.Contains("1,234 events were dropped since", TextOf(page)));
    }

    [Fact]
    public async Task Restart_ShowsWhatHappenedBefore()
    {
        Record(RejectionReason.WrongSecret, "alice");
        Record(RejectionReason.None, "alice");
        await Host.Get<EventWriter>().FlushAsync(all: true, CancellationToken.None);
        // As after a restart: nothing in memory but what the database tells.
        var after = new VerificationActivity(new VerificationEvents(), Time);
        await new EventHistory(Host.Get<IDbContextFactory<PortalDbContext>>(), after, Time, NullLogger<EventHistory>.Instance).RecallAsync(CancellationToken.None);
        Result<LiveActivity> seen = await new OverviewService(Host.Get<IDbContextFactory<PortalDbContext>>(), Host.Users, Host.Get<ProxyService>(), after, Host.Get<EventDrops>(), Host.Get<AccessControl>(), Time).WatchAsync(Host.Admin, CancellationToken.None);
        Assert.Equal((1, 1), (seen.Value.LastHour.Sum(minute => minute.Accepted), seen.Value.LastHour.Sum(minute => minute.Rejected)));
        Assert.Equal(RejectionReason.WrongSecret, Assert.Single(seen.Value.Rejections).Reason);
    }

    private void Record(RejectionReason reason, string login) => Host.Get<VerificationEvents>().Record(
        Time.GetUtcNow(), reason is RejectionReason.UnknownUser ? null : Recording.User(login.Split('+')[0], Alice), login, reason, IPAddress.Parse("198.51.100.7"), caller: _caller);
}
