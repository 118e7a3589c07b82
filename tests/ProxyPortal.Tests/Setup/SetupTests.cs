using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Components.Shared;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;
using ProxyPortal.Setup;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Setup;

public sealed class SetupTests : PortalPageTest
{
    private SettingsService Settings => Services.GetRequiredService<SettingsService>();

    private SetupProgress Progress => Services.GetRequiredService<SetupProgress>();

    [Fact]
    public async Task Progress_NamesTheFirstStepThatIsNotDone()
    {
        Assert.Equal(PortalUrls.SetupOrganisation, (await Progress.GetAsync(None)).NextUrl);

        await Settings.ChangeAsync(Administrator, "Example AG", "https://portal.example.test", None);
        Assert.Equal(PortalUrls.SetupProxy, (await Progress.GetAsync(None)).NextUrl);

        CreatedProxy proxy = await AddProxyAsync();
        Assert.Equal(PortalUrls.SetupUser, (await Progress.GetAsync(None)).NextUrl);

        await Host.AddPersonAsync("alice", PortalRole.None);
        Assert.Equal(PortalUrls.SetupFirstCall, (await Progress.GetAsync(None)).NextUrl);

        Call(proxy.Id);
        Assert.True((await Progress.GetAsync(None)).HasCall);

        await Settings.CompleteSetupAsync(Administrator, None);
        Assert.True((await Progress.GetAsync(None)).IsOver);
    }

    [Fact]
    public async Task Completing_IsForAdministratorsOnly()
    {
        var result = await Settings.CompleteSetupAsync(await Host.AddPersonAsync("olga", PortalRole.Operator), None);

        Assert.Equal("forbidden", result.Error?.Code);
        Assert.False(Settings.Current.IsSetUp);
    }

    [Fact]
    public void Organisation_IsPrefilledWithTheAddressOneIsAt_AndLeadsOn()
    {
        var page = Open<OrganisationPage>();
        Assert.Equal("http://localhost", Field(page, "Public URL").GetAttribute("value"));

        Press(page, "Save and continue");
        ReadsAt(page, "Organisation name", "1 to 100 characters");

        Type(page, "Organisation name", "Example AG");
        Press(page, "Save and continue");
        page.WaitForAssertion(() => Assert.Equal(PortalUrls.SetupProxy, Path));
        Assert.Equal("Example AG", Settings.Current.OrganisationName);
    }

    [Fact]
    public void Proxy_GoesOn_OnlyWhenTheKeyIsSaved()
    {
        var page = Open<FirstProxyPage>();
        Assert.Equal("hq-squid", Field(page, "Name").GetAttribute("value"));
        Type(page, "Host", "proxy.example.test");
        Press(page, "Create proxy");
        Reads(page, "Confirm above that you saved the key");
        ReadsNot(page, "Next: first user");

        Press(page, "I saved it");

        Reads(page, "Next: first user");
    }

    [Fact]
    public async Task Proxy_ThatExists_IsNotAskedForAgain()
    {
        await AddProxyAsync();

        Reads(Open<FirstProxyPage>(), "hq-squid exists already");
    }

    [Fact]
    public async Task User_GetsALinkThatIsShownOnce()
    {
        var page = Open<FirstUserPage>();
        Type(page, "User-id", "Alice!");
        Press(page, "Create user");
        page.WaitForAssertion(() => Assert.Equal("true", Field(page, "User-id").GetAttribute("aria-invalid")));

        Type(page, "User-id", "alice");
        Type(page, "E-mail", "nope");
        Press(page, "Create user");
        ReadsAt(page, "E-mail", "one mail address");

        Type(page, "E-mail", "alice@example.test");
        Press(page, "Create user");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("svg[aria-label='QR code of the password link for alice']")));
        string link = TextOf(page.Find(".copy-box code"));
        Assert.Contains("/account/set-password?token=", link, StringComparison.Ordinal);

        Press(page, "I saved it");
        page.WaitForAssertion(() => Assert.DoesNotContain(link, page.Markup, StringComparison.Ordinal));
        Assert.True((await Progress.GetAsync(None)).HasUser);
    }

    [Fact]
    public async Task FirstCall_TurnsGreen_AndFinishes()
    {
        CreatedProxy proxy = await AddProxyAsync();
        var page = Open<FirstCallPage>();
        Reads(page, "Waiting for the first call of hq-squid…");
        Reads(page, "Finish without a call");

        Call(proxy.Id);
        Time.Advance(TimeSpan.FromSeconds(1));
        Reads(page, "hq-squid is connected.");
        Press(page, "Finish set-up");

        page.WaitForAssertion(() => Assert.True(Settings.Current.IsSetUp));
        page.WaitForAssertion(() => Assert.Equal(PortalUrls.Home, Path));
    }

    [Fact]
    public void FirstCall_CanBeLeftOut_Explicitly()
    {
        var page = Open<FirstCallPage>();
        Reads(page, "There is no proxy yet");

        Press(page, "Finish without a call");

        page.WaitForAssertion(() => Assert.True(Settings.Current.IsSetUp));
    }

    [Fact]
    public async Task Operator_IsNotLedThroughTheSetUp()
    {
        SignIn(await Host.AddPersonAsync("olga", PortalRole.Operator));

        Reads(Open<OrganisationPage>(), "Not available to you");
        ReadsNot(Open<SetupBanner>(), "The set-up is not finished.");
    }

    [Fact]
    public async Task Banner_LeadsAdministratorsBack_UntilItIsOver()
    {
        var banner = Open<SetupBanner>();
        Reads(banner, "The set-up is not finished. Next: name your organisation.");
        Assert.Equal(PortalUrls.SetupOrganisation, Button(banner, "Continue set-up").GetAttribute("href"));

        await Settings.CompleteSetupAsync(Administrator, None);
        ReadsNot(Open<SetupBanner>(), "The set-up is not finished.");
    }

    [Fact]
    public void Steps_ReadTheSameEverywhere_AndNameTheCurrentOne()
    {
        var steps = Render<WizardSteps>(parameters => parameters.Add(one => one.Current, 4));

        Assert.Equal(["Your account", "Second factor", "Organisation", "First proxy", "First user", "First call"], WizardSteps.Names);
        Assert.Contains("First proxy", TextOf(steps.Find("[aria-current=step]")), StringComparison.Ordinal);
        Assert.Contains("Step 4 of 6 · First proxy", TextOf(steps.Find("nav")), StringComparison.Ordinal);
    }
}
