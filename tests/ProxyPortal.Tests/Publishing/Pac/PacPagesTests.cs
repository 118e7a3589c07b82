using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Components.Search;
using ProxyPortal.Core.Publishing.Pac;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Pac;

public sealed class PacPagesTests : PortalPageTest
{
    private PacProfileService Profiles => Host.Get<PacProfileService>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (string name in (string[])["hq", "tls", "third"])
        {
            await Proxies.CreateAsync(Administrator, new ProxyInput { Name = $"{name}-squid", Realm = "Realm" },
                new EndpointInput { Name = name, Host = $"{name}.example.test", Visibility = EndpointVisibility.Public }, None);
        }
    }

    [Fact]
    public async Task List_TeachesWhenEmpty_AndMarksTheDefault()
    {
        Reads(Show<PacProfilesPage>(), "No PAC file of your own yet");
        await AddAsync(new PacProfileInput { Name = "branch", Purpose = "For the branches", IsDefault = true, Bypass = ["a.example"], Routes = [new PacRouteInput(["b.example"], ["hq"])] });
        IRenderedComponent<PacProfilesPage> page = Show<PacProfilesPage>();
        Reads(page, "For the branches");
        Reads(page, "/pac/branch.pac");
        Reads(page, "2 rules, 1 route");
        Reads(page, "Default");
    }

    [Fact]
    public void New_ShowsTheFileWhileOneTypes_AndWhatIsWrongByItsLine()
    {
        IRenderedComponent<IComponent> page = Open<NewPacProfilePage>();
        ReadsNot(page, "A name is made of");
        Type(page, "Name", "branch");
        Type(page, "Hosts without a proxy", "intranet.example.org\n\nnot good\n<script>");
        ReadsAt(page, "Hosts without a proxy", "Line 3, “not good”");
        ReadsAt(page, "Hosts without a proxy", "Line 4, “<script>”");
        Reads(page, "2 things are not right yet.");
        Reads(page, "\"intranet.example.org\": 1");

        Press(page, "Add PAC file");
        ReadsAt(page, "Hosts without a proxy", "Line 3");
        Type(page, "Hosts without a proxy", "intranet.example.org");
        Press(page, "Add PAC file");
        page.WaitForAssertion(() => Assert.StartsWith("/pac/0", Path, StringComparison.Ordinal));
    }

    [Fact]
    public void New_WithoutAName_IsRefusedAtTheName()
    {
        IRenderedComponent<IComponent> page = Open<NewPacProfilePage>();
        Press(page, "Add PAC file");
        ReadsAt(page, "Name", "small letters, digits and hyphens");
    }

    [Fact]
    public void Question_IsAnsweredOfWhatStandsThereUnsaved()
    {
        IRenderedComponent<IComponent> page = Open<NewPacProfilePage>();
        Type(page, "Hosts without a proxy", ".corp.example.org");
        Type(page, "Address of a page", "a.corp.example.org/x");
        Press(page, "Look");
        Reads(page, "It is opened without a proxy.");
        Reads(page, "of the file decides: \"corp.example.org\": 1");
        Type(page, "Hosts without a proxy", "");
        Reads(page, "It takes: PROXY hq.example.test:3128; PROXY third.example.test:3128; PROXY tls.example.test:3128");
        Type(page, "Address of a page", "javascript:alert(1)");
        Press(page, "Look");
        Reads(page, "This is not the address of a page.");
    }

    [Fact]
    public async Task Edit_OrdersEndpointsAndRoutesByButtons()
    {
        Guid id = await AddAsync(new PacProfileInput
        {
            Name = "branch",
            Endpoints = ["hq", "tls"],
            Routes = [new PacRouteInput(["a.example"], ["hq"]), new PacRouteInput(["b.example"], [], GoesStraight: true)],
        });
        IRenderedComponent<IComponent> page = Open<PacProfilePage>((nameof(PacProfilePage.Id), id));
        Press(page, "Move tls up");
        Reads(page, "tls is now 1 of 2");
        // Browsers take the focus away from what is put elsewhere.
        JSInterop.VerifyFocusAsyncInvoke();
        Reads(page, "return \"PROXY tls.example.test:3128; PROXY hq.example.test:3128\"");
        Press(page, "Move route 2 up");
        Press(page, "Add a route");
        Type(page, "Hosts of route 3", "c.example");
        await page.InvokeAsync(() => page.Find("select[aria-label='Endpoints of route 3: one more']").Change("third"));
        Press(page, "Add to endpoints of route 3");
        Reads(page, "third added");
        Press(page, "Save changes");
        page.WaitForAssertion(() => Assert.Equal(3, Saved(id).Routes.Count));
        Assert.Equal(["tls", "hq"], Saved(id).Endpoints);
        Assert.Equal(["b.example", "a.example", "c.example"], Saved(id).Routes.Select(route => route.Hosts.Single()));
        Assert.Equal(["third"], Saved(id).Routes[2].Endpoints);
        Assert.True(Saved(id).Routes[0].GoesStraight);

        Press(page, "Remove route 2");
        Press(page, "Remove hq");
        Press(page, "Save changes");
        page.WaitForAssertion(() => Assert.Equal(2, Saved(id).Routes.Count));
        Assert.Equal(["tls"], Saved(id).Endpoints);
    }

    [Fact]
    public async Task Edit_WhoComesSecond_IsToldWhatDiffers()
    {
        Guid id = await AddAsync(new PacProfileInput { Name = "branch", Bypass = ["a.example"] });
        IRenderedComponent<IComponent> page = Open<PacProfilePage>((nameof(PacProfilePage.Id), id));
        PacProfileDetail now = (await Profiles.GetAsync(Administrator, id, None)).Value;
        await Profiles.ChangeAsync(Administrator, id, now.Fields with { Bypass = ["a.example", "theirs.example"] }, now.Version, None);
        Type(page, "Hosts without a proxy", "a.example\nmine.example");
        Press(page, "Save changes");
        Reads(page, "Someone else changed branch meanwhile");
        Reads(page, "theirs.example");
        Press(page, "Save my input over it");
        page.WaitForAssertion(() => Assert.Equal(["a.example", "mine.example"], Saved(id).Bypass));
    }

    [Fact]
    public async Task Edit_AnEndpointThatHasGone_IsWarnedOf()
    {
        Guid id = await AddAsync(new PacProfileInput { Name = "branch", Endpoints = ["tls", "hq"] });
        ProxyDetail proxy = (await Proxies.GetAsync(Administrator, (await Proxies.ListAsync(Administrator, None)).Value.Single(row => row.Name == "tls-squid").Id, None)).Value;
        await Host.ChangeRowAsync<ProxyEndpoint>(proxy.Endpoints[0].Id, endpoint => endpoint.Visibility = EndpointVisibility.Groups);
        IRenderedComponent<IComponent> page = Open<PacProfilePage>((nameof(PacProfilePage.Id), id));
        Reads(page, "The endpoint tls is not public any more: it has left the file.");
        ReadsNot(page, "tls.example.test");
        Reads(Show<PacProfilesPage>(), "An endpoint is gone");
    }

    [Fact]
    public async Task Default_AndDeletion_AskFirst()
    {
        Guid id = await AddAsync(new PacProfileInput { Name = "branch" });
        IRenderedComponent<IComponent> page = Open<PacProfilePage>((nameof(PacProfilePage.Id), id));
        Press(page, "Make default");
        Reads(page, "Every device that has /proxy.pac");
        await page.InvokeAsync(() => page.FindAll(".mud-dialog button").Last(button => button.TextContent.Trim() == "Make default").Click());
        page.WaitForAssertion(() => Assert.True(Saved(id).IsDefault));
        page.WaitForAssertion(() => Assert.False(Has(page, "Make default")));
        Press(page, "Delete");
        Reads(page, "leads to every public endpoint again");
        Type(page, "Type branch to confirm", "branch");
        Press(page, "Delete PAC file");
        page.WaitForAssertion(() => Assert.Equal(PortalUrls.PacProfiles, Path));
        Assert.Empty((await Profiles.ListAsync(Administrator, None)).Value);
    }

    [Fact]
    public async Task Operator_ReadsAndChangesNothing()
    {
        Guid id = await AddAsync(new PacProfileInput { Name = "branch" });
        SignIn(await Host.AddPersonAsync("helper", PortalRole.Operator));
        IRenderedComponent<IComponent> page = Open<PacProfilePage>((nameof(PacProfilePage.Id), id));
        Assert.True(page.Find("fieldset.all").HasAttribute("disabled"));
        Assert.False(Has(page, "Save changes") || Has(page, "Delete") || Has(page, "Make default") || Has(page, "Add a route"));
        Reads(page, "FindProxyForURL");
    }

    [Fact]
    public async Task Rules_ThousandsOfThem_AreShownInPart()
    {
        Guid id = await AddAsync(new PacProfileInput { Name = "many", Bypass = [.. Enumerable.Range(0, PacPlan.MaxPatterns).Select(number => $"h{number}.example.org")] });
        IRenderedComponent<IComponent> page = Open<PacProfilePage>((nameof(PacProfilePage.Id), id));
        Reads(page, "The first 400 of 5,0");
        Type(page, "Address of a page", "h4999.example.org");
        Press(page, "Look");
        Reads(page, "It is opened without a proxy.");
    }

    [Fact]
    public async Task Palette_FindsThePageAndTheFiles_OnlyForThoseWhoMayRead()
    {
        await AddAsync(new PacProfileInput { Name = "branch", Purpose = "For the branches" });
        IPaletteSource source = Services.GetServices<IPaletteSource>().Single(one => one.Kind == "PAC files");
        Assert.Equal(PortalUrls.PacProfiles, Assert.Single(await source.SearchAsync("pac f", Principal("Operator"), None)).Url);
        Assert.Equal("branch", Assert.Single(await source.SearchAsync("branches", Principal("Operator"), None)).Label);
        Assert.Empty(await source.SearchAsync("branch", Principal("None"), None));
    }

    // Whoever sends a longer message than the circuit takes loses the page and what was typed into it.
    [Fact]
    public async Task List_LongerThanAMessage_IsShownAndStaysAsItIs()
    {
        string[] hosts = [.. Enumerable.Range(0, 1000).Select(number => $"host{number:D4}.example.org")];
        Guid id = await AddAsync(new PacProfileInput { Name = "branch", Bypass = hosts });
        IRenderedComponent<IComponent> page = Open<PacProfilePage>((nameof(PacProfilePage.Id), id));
        Reads(page, "it can only be changed by the API");
        Assert.True(page.Find("#pac-bypass").HasAttribute("readonly"));
    }

    private static ClaimsPrincipal Principal(string role) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Guid.CreateVersion7().ToString()), new(ClaimTypes.Role, role)], "test"));

    private PacProfileInput Saved(Guid id) => Ask(() => Profiles.GetAsync(Administrator, id, None)).Value.Fields;

    private async Task<Guid> AddAsync(PacProfileInput input) => (await Profiles.CreateAsync(Administrator, input, None)).Value;
}
