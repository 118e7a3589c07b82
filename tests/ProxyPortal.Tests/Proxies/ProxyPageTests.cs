using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Proxies;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Proxies;

public sealed class ProxyPageTests : PortalPageTest
{
    private CreatedProxy _proxy = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _proxy = await AddProxyAsync();
    }

    [Fact]
    public void MissingProxy_LooksLikeOneThatIsNotForYou() =>
        Reads(Open<ProxyPage>(("Id", Guid.CreateVersion7())), "Not available to you");

    [Fact]
    public async Task Auditor_ReadsEverything_AndMayChangeNothing()
    {
        SignIn(await Host.AddPersonAsync("axel", PortalRole.Auditor));

        var page = OpenProxy();

        Reads(page, "proxy.example.test:3128");
        foreach (string act in new[] { "Save changes", "Add endpoint", "Issue second key", "Revoke", "Delete proxy" })
            ReadsNot(page, act);
    }

    [Fact]
    public async Task NewRealm_WarnsThatBrowsersAskAgain_AndIsSaved()
    {
        var page = OpenProxy();
        Type(page, "Realm", "Other realm");
        Reads(page, "A new realm makes every browser ask again.");

        Press(page, "Save changes");

        Reads(page, "auth_param basic realm Other realm");
        Assert.Equal("Other realm", (await StoredAsync()).Realm);
    }

    [Fact]
    public async Task ChangedMeanwhile_KeepsWhatWasTyped_AndOffersBothStates()
    {
        var page = OpenProxy();
        Type(page, "Realm", "Mine");
        await Proxies.ChangeAsync(Administrator, _proxy.Id, new ProxyInput { Name = "hq-squid", Realm = "Theirs" }, (await StoredAsync()).Version, None);

        Press(page, "Save changes");
        Reads(page, "It is now called “hq-squid” with the realm “Theirs”.");
        Assert.Equal("Mine", Field(page, "Realm").GetAttribute("value"));

        Press(page, "Save mine instead");
        ReadsNot(page, "Someone else changed this proxy");
        Assert.Equal("Mine", (await StoredAsync()).Realm);
    }

    [Fact]
    public async Task ChangedMeanwhile_TakeTheirs_ShowsTheirs()
    {
        var page = OpenProxy();
        Type(page, "Realm", "Mine");
        await Proxies.ChangeAsync(Administrator, _proxy.Id, new ProxyInput { Name = "hq-squid", Realm = "Theirs" }, (await StoredAsync()).Version, None);
        Press(page, "Save changes");
        Reads(page, "Take their state");

        Press(page, "Take their state");

        page.WaitForAssertion(() => Assert.Equal("Theirs", Field(page, "Realm").GetAttribute("value")));
        Assert.Equal("Theirs", (await StoredAsync()).Realm);
    }

    [Fact]
    public void BasicWithoutTls_IsMarked_AndExplained()
    {
        var page = OpenProxy();

        Reads(page, "Credentials travel in clear");
        Reads(page, "whoever sits in between can read them");
    }

    [Fact]
    public async Task Endpoint_IsAddedInTheDialog_ErrorsStandAtTheirField()
    {
        var page = OpenProxy();
        Press(page, "Add endpoint");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#endpoint-form")));
        Type(page, "Endpoint name", "tls");
        Type(page, "Host", "proxy.example.test:3129");
        page.Find("#endpoint-form").Submit();
        ReadsAt(page, "Host", "Give the port in its own field.");

        Type(page, "Host", "proxy.example.test");
        Type(page, "Port", "3129");
        Type(page, "Transport", nameof(ProxyTransport.Https));
        page.Find("#endpoint-form").Submit();

        Reads(page, "proxy.example.test:3129");
        Assert.Equal(2, (await StoredAsync()).Endpoints.Count);
    }

    [Fact]
    public async Task EndpointChangedMeanwhile_SaysSo_AndKeepsTheDialogOpen()
    {
        var page = OpenProxy();
        EndpointDetail endpoint = (await StoredAsync()).Endpoints[0];
        Press(page, "Edit endpoint hq");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#endpoint-form")));
        await Proxies.ChangeEndpointAsync(Administrator, _proxy.Id, endpoint.Id, new EndpointInput { Name = "hq", Host = "theirs.example.test" }, endpoint.Version, None);
        Type(page, "Host", "mine.example.test");

        page.Find("#endpoint-form").Submit();

        Reads(page, "Someone else changed this endpoint meanwhile.");
        Assert.Equal("mine.example.test", Field(page, "Host").GetAttribute("value"));
        page.Find("#endpoint-form").Submit();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#endpoint-form")));
        Assert.Equal("mine.example.test", (await StoredAsync()).Endpoints[0].Host);
    }

    [Fact]
    public async Task Endpoint_IsRemoved_OnlyAfterSayingWhoGetsA407()
    {
        var page = OpenProxy();
        Press(page, "Remove endpoint hq");
        Reads(page, "whoever uses proxy.example.test:3128 gets a 407");

        Press(page, "Remove endpoint");

        Reads(page, "No endpoint yet");
        Assert.Empty((await StoredAsync()).Endpoints);
    }

    [Fact]
    public async Task Rotation_SecondKeyShownOnce_ThirdNotOffered_OldRevoked()
    {
        var page = OpenProxy();
        Press(page, "Issue second key");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("section[aria-label='Caller key'] code")));
        string key = TextOf(page.Find("section[aria-label='Caller key'] code"));
        Reads(page, "Two keys are valid");
        Assert.True(Button(page, "Issue second key").HasAttribute("disabled"));
        Press(page, "I saved it");
        page.WaitForAssertion(() => Assert.DoesNotContain(key, page.Markup, StringComparison.Ordinal));

        CallerKeyDetail old = (await StoredAsync()).Keys.Single(row => row.Id == _proxy.Key.Id);
        Press(page, $"Revoke key {old.Hint}");
        Reads(page, "calls with the other key go on");
        Press(page, "Revoke key");

        Reads(page, "Revoked");
        Assert.NotNull((await StoredAsync()).Keys.Single(row => row.Id == _proxy.Key.Id).RevokedAt);
    }

    [Fact]
    public async Task RevokingTheOnlyKey_SaysThatNobodyGetsThrough()
    {
        var page = OpenProxy();
        Press(page, $"Revoke key {(await StoredAsync()).Keys[0].Hint}");

        Reads(page, "This is the only valid key of hq-squid.");
        Press(page, "Revoke key");

        Reads(page, "This proxy has no valid key.");
    }

    [Fact]
    public async Task Delete_AsksForTheName_AndSaysWhoStops()
    {
        var page = OpenProxy();
        Press(page, "Delete proxy");
        Reads(page, "Users of proxy.example.test:3128 get a 407");
        page.WaitForAssertion(() => Assert.True(Button(page.Find("[role=dialog]"), "Delete proxy").HasAttribute("disabled")));

        page.Find("#confirm-text").Input("hq-squid");
        Button(page.Find("[role=dialog]"), "Delete proxy").Click();

        page.WaitForAssertion(() => Assert.Equal(PortalUrls.Proxies, Path));
        Assert.Empty((await Proxies.ListAsync(Administrator, None)).Value);
    }

    [Fact]
    public void Call_TurnsTheWaitingGreen_WithinASecondOrTwo()
    {
        var page = OpenProxy();
        Reads(page, "Waiting for the first call of hq-squid…");

        Call(_proxy.Id);
        Time.Advance(TimeSpan.FromSeconds(2));

        Reads(page, "hq-squid is connected.");
        Reads(page, "Calling");
    }

    [Fact]
    public async Task SuspendedMeanwhile_IsRefusedByTheService_AndNothingTypedIsLost()
    {
        Actor second = await Host.AddPersonAsync("second", PortalRole.Administrator);
        // Without a way to sign in the second would not count as an administrator who stays.
        await Host.SetPasswordAsync(second.Id!.Value);
        var page = OpenProxy();
        Type(page, "Realm", "Mine");
        Assert.True((await Services.GetRequiredService<UserService>().SuspendAsync(Actor.Portal, Administrator.Id!.Value, None)).Succeeded);

        Press(page, "Save changes");

        page.WaitForAssertion(() => Assert.False(Button(page, "Save changes").HasAttribute("disabled")));
        Assert.Equal("Mine", Field(page, "Realm").GetAttribute("value"));
        Assert.Equal("Example proxy", (await StoredAsync()).Realm);
    }

    [Fact]
    public async Task KeyThatWasUsed_SaysWhen()
    {
        Activity.RecordKey(_proxy.Key.Id);

        ReadsNot(OpenProxy(), "last used never");
        Assert.Equal(Time.GetUtcNow(), (await StoredAsync()).Keys.Single().LastUsedAt);
    }

    private IRenderedComponent<IComponent> OpenProxy() => Open<ProxyPage>(("Id", _proxy.Id));

    private async Task<ProxyDetail> StoredAsync() => (await Proxies.GetAsync(Actor.Portal, _proxy.Id, None)).Value;
}
