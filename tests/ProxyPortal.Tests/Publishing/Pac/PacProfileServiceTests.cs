using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Pac;
using ProxyPortal.Data;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing.Pac;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Pac;

public sealed class PacProfileServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-02T09:00:00Z", CultureInfo.InvariantCulture));
    private ServiceHost _host = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private static PacProfileInput Full { get; } = new()
    {
        Name = "branch",
        Purpose = "For the branches",
        IsDefault = true,
        BypassesPlainNames = false,
        FallsBackToDirect = true,
        Bypass = ["intranet.example.org", ".corp.example.org", "10.0.0.0/8"],
        Routes = [new PacRouteInput(["*.video.example.com"], ["tls"]), new PacRouteInput([".partner.example"], [], GoesStraight: true)],
        Endpoints = ["tls", "hq"],
    };

    private PacProfileService Profiles => _host.Get<PacProfileService>();

    private PublishedPac Published => _host.Get<PublishedPac>();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await AddEndpointAsync("hq-squid", "hq", "hq.example.test", EndpointVisibility.Public);
        await AddEndpointAsync("tls-squid", "tls", "tls.example.test", EndpointVisibility.Public, ProxyTransport.Https);
        await AddEndpointAsync("inner-squid", "inner", "inner.example.test", EndpointVisibility.Groups);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Create_ThenGet_IsWhatWasGiven_AndServedAtOnce()
    {
        PacProfileDetail profile = await AddAsync(Full);
        Assert.Equivalent(Full, profile.Fields, strict: true);
        Assert.Empty(profile.Warnings);
        Assert.Equal(5, profile.Rules);
        Assert.Same(Published.Default, Published.Find("BRANCH"));
        Assert.Equal("HTTPS tls.example.test:3128; PROXY hq.example.test:3128; DIRECT", Way("https://www.example.net/"));
        Assert.Equal("HTTPS tls.example.test:3128; DIRECT", Way("https://a.video.example.com/"));
        Assert.Equal("DIRECT", Way("https://partner.example/"));
    }

    [Fact]
    public async Task Hosts_AreKeptInCanonicalForm_AndOnce()
    {
        PacProfileDetail profile = await AddAsync(Full with { Bypass = ["  Intranet.Example.ORG. ", "", "bücher.example", "xn--bcher-kva.example", "[2001:DB8::1]", "\u212Aate.example", "kate.example"] });
        Assert.Equal(["intranet.example.org", "xn--bcher-kva.example", "2001:db8::1", "kate.example"], profile.Fields.Bypass);
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("name", "Branch")]
    [InlineData("name", "-branch")]
    [InlineData("name", "branch-")]
    [InlineData("name", "a.b")]
    [InlineData("name", "../x")]
    [InlineData("name", "b\u0430r")]
    [InlineData("name", "branch\n")]
    [InlineData("name", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("purpose", "two\nlines")]
    [InlineData("purpose", "\u202Eevil")]
    [InlineData("purpose", "a\u2028b")]
    [InlineData("bypass", "proxy\"; alert(1);//")]
    [InlineData("bypass", "proxy\u2028example")]
    [InlineData("bypass", "(a+)+$")]
    [InlineData("bypass", "a\nb.example<script>")]
    [InlineData("bypass", "127.1")]
    [InlineData("bypass", "0x7f.1")]
    [InlineData("bypass", "2130706433")]
    [InlineData("bypass", "http://proxy.example:3128/")]
    [InlineData("bypass", "\u0440\u0430ypal.com")]
    [InlineData("bypass", "alice\u200B.example")]
    [InlineData("bypass", "\uFFFE.example")]
    [InlineData("bypass", "::1:3128")]
    [InlineData("bypass", "proxy.example:3128")]
    [InlineData("bypass", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example")]
    [InlineData("routes[0].hosts", "*****")]
    [InlineData("routes[0].hosts", " ")]
    [InlineData("routes[0].endpoints", "inner")]
    [InlineData("routes[0].endpoints", "no-such")]
    [InlineData("endpoints", "inner")]
    [InlineData("endpoints", "no-such")]
    public async Task Input_ThatIsNone_IsRefusedAtItsField(string field, string typed)
    {
        PacProfileInput input = field switch
        {
            "name" => Full with { Name = typed },
            "purpose" => Full with { Purpose = typed },
            "bypass" => Full with { Bypass = ["fine.example.org", typed] },
            "routes[0].hosts" => Full with { Routes = [new PacRouteInput([typed], ["hq"])] },
            "routes[0].endpoints" => Full with { Routes = [new PacRouteInput(["a.example"], [typed])] },
            _ => Full with { Endpoints = [typed] },
        };
        Error error = (await Profiles.CreateAsync(_host.Admin, input, None)).Error!;
        Assert.Equal(field, error.Field);
        Assert.DoesNotContain(error.Message, character => char.IsControl(character) || character is '\u2028' or '\u200B' or '\uFFFE');
        if (field is "bypass")
            Assert.StartsWith("Line 2, “", error.Message, StringComparison.Ordinal);
        Assert.Contains((await Profiles.PreviewAsync(_host.Admin, input, None)).Value.Errors, one => one == error);
    }

    [Fact]
    public async Task Route_WithoutAWay_OrWithTwo_IsRefused()
    {
        Assert.Equal("routes[0].endpoints", (await Profiles.CreateAsync(_host.Admin, Full with { Routes = [new PacRouteInput(["a.example"], [])] }, None)).Error!.Field);
        Assert.Equal("routes[0].endpoints", (await Profiles.CreateAsync(_host.Admin, Full with { Routes = [new PacRouteInput(["a.example"], ["hq"], GoesStraight: true)] }, None)).Error!.Field);
    }

    [Fact]
    public async Task Rules_AsManyAsAFileMayHold_AreTaken_AndOneMoreIsRefusedInWords()
    {
        string[] many = [.. Enumerable.Range(0, PacPlan.MaxPatterns - 1).Select(number => $"host{number}.example.org")];
        PacProfileDetail profile = await AddAsync(Full with { Bypass = many, Routes = [new PacRouteInput(["a.example"], ["hq"])] });
        Assert.Equal(PacPlan.MaxPatterns, profile.Rules);
        Assert.Equal("DIRECT", Way("http://host4998.example.org/"));

        Error routes = (await Profiles.ChangeAsync(_host.Admin, profile.Id, Full with { Bypass = many, Routes = [new PacRouteInput(["a.example", "b.example"], ["hq"])] }, profile.Version, None)).Error!;
        Assert.Equal(("routes_invalid", "routes"), (routes.Code, routes.Field));
        Assert.StartsWith("These are 5,001 rules; a PAC file holds at most 5,000", routes.Message, StringComparison.Ordinal);
        Assert.Equal("bypass", (await Profiles.ChangeAsync(_host.Admin, profile.Id, Full with { Bypass = [.. many, .. many.Select(host => "x" + host)] }, profile.Version, None)).Error!.Field);
    }

    [Fact]
    public async Task Endpoint_ThatIsNotPublicAnyMore_LeavesTheFile_AndNothingGoesStraightForIt()
    {
        PacProfileDetail profile = await AddAsync(Full with { FallsBackToDirect = false });
        await SetVisibilityAsync("tls", EndpointVisibility.Groups);
        Assert.DoesNotContain("tls.example.test", Published.Default.Document.Content, StringComparison.Ordinal);
        Assert.Equal("PROXY hq.example.test:3128", Way("https://a.video.example.com/"));
        Assert.Equal("PROXY hq.example.test:3128", Way("https://www.example.net/"));
        PacProfileDetail warned = (await Profiles.GetAsync(_host.Admin, profile.Id, None)).Value;
        Assert.Equal(["The endpoint tls is not public any more: it has left the file.", "Route 1 has no endpoint left: its hosts take the proxies of all other hosts."], warned.Warnings);
        Assert.Equal(["tls", "hq"], warned.Fields.Endpoints);
        // Who edits it meets the endpoint that is gone by name.
        Assert.Contains("“tls”", (await Profiles.ChangeAsync(_host.Admin, profile.Id, warned.Fields, warned.Version, None)).Error!.Message, StringComparison.Ordinal);

        await SetVisibilityAsync("hq", EndpointVisibility.SignedIn);
        Assert.Equal("PROXY 127.0.0.1:9", Way("https://a.video.example.com/"));
        Assert.Equal("PROXY 127.0.0.1:9", Way("https://www.example.net/"));
        Assert.Equal("DIRECT", Way("https://partner.example/"));
        Assert.Contains((await Profiles.GetAsync(_host.Admin, profile.Id, None)).Value.Warnings, warning => warning.StartsWith("No endpoint is public: the file leads nowhere", StringComparison.Ordinal));

        await SetVisibilityAsync("tls", EndpointVisibility.Public);
        Assert.Equal("HTTPS tls.example.test:3128", Way("https://a.video.example.com/"));
    }

    [Fact]
    public async Task Endpoint_ThatIsDeleted_DoesNotTurnItsRouteStraight()
    {
        PacProfileDetail profile = await AddAsync(Full with { FallsBackToDirect = false, Endpoints = [] });
        ProxySummary tls = (await _host.Get<ProxyService>().ListAsync(_host.Admin, None)).Value.Single(proxy => proxy.Name == "tls-squid");
        Assert.Null((await _host.Get<ProxyService>().DeleteAsync(_host.Admin, tls.Id, None)).Error);
        Assert.Equal("PROXY hq.example.test:3128", Way("https://a.video.example.com/"));
        PacProfileDetail warned = (await Profiles.GetAsync(_host.Admin, profile.Id, None)).Value;
        Assert.Contains("An endpoint of it was deleted: it has left the file.", warned.Warnings);
        Assert.False(warned.Fields.Routes[0].GoesStraight);
        // Saved again as it is read, it must be said which way it is to take.
        Assert.Equal("routes[0].endpoints", (await Profiles.ChangeAsync(_host.Admin, profile.Id, warned.Fields with { Purpose = "else" }, warned.Version, None)).Error!.Field);
    }

    [Fact]
    public async Task Create_WhereNoEndpointIsPublic_IsRefused()
    {
        await SetVisibilityAsync("tls", EndpointVisibility.Groups);
        await SetVisibilityAsync("hq", EndpointVisibility.Groups);
        Assert.Equal("endpoints", (await Profiles.CreateAsync(_host.Admin, new PacProfileInput { Name = "x" }, None)).Error!.Field);
    }

    [Fact]
    public async Task Default_MovesInOneSave_AndDeletedItIsEveryPublicEndpointAgain()
    {
        PacProfileDetail first = await AddAsync(Full);
        PacProfileDetail second = await AddAsync(new PacProfileInput { Name = "second", IsDefault = true, Endpoints = ["hq"] });
        Assert.False((await Profiles.GetAsync(_host.Admin, first.Id, None)).Value.Fields.IsDefault);
        Assert.Equal("PROXY hq.example.test:3128", Way("https://www.example.net/"));
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(1, await db.PacProfiles.CountAsync(profile => profile.IsDefault, None));
        Assert.Equal(AuditAction.PacProfileChanged, (await db.AuditEntries.Where(entry => entry.TargetId == first.Id).OrderByDescending(entry => entry.Id).FirstAsync(None)).Action);

        Assert.Null((await Profiles.DeleteAsync(_host.Admin, second.Id, second.Version, None)).Error);
        Assert.Equal("PROXY hq.example.test:3128; HTTPS tls.example.test:3128", Way("https://www.example.net/"));
        Assert.Null(Published.Find("second"));
    }

    [Fact]
    public async Task Default_ManyAtOnce_LeaveOne()
    {
        Result<Guid>[] made = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Profiles.CreateAsync(_host.Admin, Full with { Name = $"profile{number}" }, None))));
        Assert.All(made.Where(one => !one.Succeeded), one => Assert.Equal(PacProfileService.Conflict, one.Error));
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(1, await db.PacProfiles.CountAsync(profile => profile.IsDefault, None));
    }

    [Fact]
    public async Task Change_OfAnOldVersion_IsAConflict_AndNamesAreUnique()
    {
        PacProfileDetail profile = await AddAsync(Full);
        Assert.Null((await Profiles.ChangeAsync(_host.Admin, profile.Id, Full with { Purpose = "Mine" }, profile.Version, None)).Error);
        Assert.Equal(PacProfileService.Conflict, (await Profiles.ChangeAsync(_host.Admin, profile.Id, Full, profile.Version, None)).Error);
        Assert.Equal(PacProfileService.Conflict, (await Profiles.DeleteAsync(_host.Admin, profile.Id, profile.Version, None)).Error);
        Assert.Equal(("name_taken", "name"), await Profiles.CreateAsync(_host.Admin, Full, None) is { Error: { } taken } ? (taken.Code, taken.Field) : default);
        Assert.Equal(PacProfileService.NotFound, (await Profiles.GetAsync(_host.Admin, Guid.Empty, None)).Error);
    }

    [Fact]
    public async Task Change_IsAudited_WithTheHostsThatDiffer()
    {
        PacProfileDetail profile = await AddAsync(Full);
        await Profiles.ChangeAsync(_host.Admin, profile.Id, Full with { Bypass = [.. Full.Bypass.Skip(1), "new.example.org"] }, profile.Version, None);
        await using PortalDbContext db = await _host.OpenAsync();
        AuditEntry entry = await db.AuditEntries.OrderByDescending(row => row.Id).FirstAsync(None);
        Assert.Equal((AuditAction.PacProfileChanged, """{"bypass":["intranet.example.org"]}""", """{"bypass":["new.example.org"]}"""), (entry.Action, entry.Before, entry.After));
    }

    [Fact]
    public async Task Profiles_AsManyAsThereMayBe_AreAll()
    {
        await _host.AddRowAsync([.. Enumerable.Range(0, 50).Select(number => new PacProfile { Name = $"p{number}" })]);
        Assert.Equal("too_many_profiles", (await Profiles.CreateAsync(_host.Admin, Full, None)).Error!.Code);
    }

    [Fact]
    public async Task Preview_ShowsWhatCanBeRead_AndSavesNothing()
    {
        PacPreview preview = (await Profiles.PreviewAsync(_host.Admin, Full with { Bypass = ["good.example.org", "", "not good"] }, None)).Value;
        Error error = Assert.Single(preview.Errors);
        Assert.Equal("bypass", error.Field);
        Assert.StartsWith("Line 3, “not good”: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("good.example.org", preview.Document.Decide(new Uri("http://good.example.org/")).Pattern?.ToString());
        Assert.Empty((await Profiles.ListAsync(_host.Admin, None)).Value);
    }

    private string Way(string url) => Published.Default.Document.Decide(new Uri(url)).Returns;

    private async Task<PacProfileDetail> AddAsync(PacProfileInput input) =>
        (await Profiles.GetAsync(_host.Admin, (await Profiles.CreateAsync(_host.Admin, input, None)).Value, None)).Value;

    private async Task AddEndpointAsync(string proxy, string name, string host, EndpointVisibility visibility, ProxyTransport transport = ProxyTransport.Http) =>
        Assert.Null((await _host.Get<ProxyService>().CreateAsync(
            _host.Admin, new ProxyInput { Name = proxy, Realm = "Realm" }, new EndpointInput { Name = name, Host = host, Visibility = visibility, Transport = transport }, None)).Error);

    private async Task SetVisibilityAsync(string name, EndpointVisibility visibility)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        (await db.ProxyEndpoints.SingleAsync(row => row.Name == name, None)).Visibility = visibility;
        await db.SaveChangesAsync(None);
    }
}
