using Bunit;
using ProxyPortal.Proxies;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Proxies;

public sealed class NewProxyPageTests : PortalPageTest
{
    [Theory]
    [InlineData("Name", "HQ Squid", "small letters")]
    [InlineData("Realm", "say \"hi\"", "without quotes")]
    [InlineData("Endpoint name", "", "small letters")]
    [InlineData("Host", "https://proxy.example.test/", "without scheme")]
    [InlineData("Host", "", "host name")]
    [InlineData("Port", "70000", "1 to 65535")]
    [InlineData("Port", "31 28", "1 to 65535")]
    public void BadInput_IsToldAtItsField_AndCreatesNothing(string field, string value, string message)
    {
        var page = OpenFilled();
        Type(page, field, value);

        Press(page, "Create proxy");

        ReadsAt(page, field, message);
        Assert.Equal("true", Field(page, field).GetAttribute("aria-invalid"));
        ReadsNot(page, "Caller key");
    }

    [Fact]
    public async Task TakenEndpointName_IsToldAtTheEndpoint_NotAtTheProxy()
    {
        await AddProxyAsync("other", "hq", "other.example.test");
        var page = OpenFilled();

        Press(page, "Create proxy");

        ReadsAt(page, "Endpoint name", "There is already an endpoint hq.");
        Assert.Null(Field(page, "Name").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void NoScheme_IsToldAtTheSchemes()
    {
        var page = OpenFilled();
        page.Find("input[type=checkbox]").TriggerEvent("onchange", new Microsoft.AspNetCore.Components.ChangeEventArgs { Value = false });

        Press(page, "Create proxy");

        Reads(page, "Choose among the schemes");
    }

    [Fact]
    public async Task TenRapidClicks_MakeOneProxy_WhoseKeyIsShownOnce()
    {
        var page = OpenFilled();
        AngleSharp.Dom.IElement form = page.Find("form");
        await page.InvokeAsync(() => Enumerable.Range(0, 10).Select(_ => form.SubmitAsync()).ToArray());

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("section[aria-label='Caller key'] code")));
        string key = TextOf(page.Find("section[aria-label='Caller key'] code"));
        Assert.StartsWith("pp_key_", key, StringComparison.Ordinal);
        Assert.Single((await Proxies.ListAsync(Administrator, None)).Value);

        Press(page, "I saved it");
        page.WaitForAssertion(() => Assert.DoesNotContain(key, page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Created_ShowsTheConfiguration_AndTurnsGreenWithTheFirstCall()
    {
        var page = OpenFilled();
        Press(page, "Create proxy");
        Reads(page, "Waiting for the first call of hq-squid…");
        Reads(page, "auth_param basic realm Example proxy");
        Reads(page, "--url http://127.0.0.1:5081");
        Reads(page, "The helper must run on the portal's own machine.");
        Reads(page, "A suspended user is out within 30 seconds.");

        Call((await Proxies.ListAsync(Administrator, None)).Value.Single().Id);
        Time.Advance(TimeSpan.FromSeconds(1));

        Reads(page, "hq-squid is connected.");
    }

    [Fact]
    public void NoCallForAWhile_SaysWhatToLookAt()
    {
        var page = OpenFilled();
        Press(page, "Create proxy");
        Reads(page, "Waiting for the first call");
        ReadsNot(page, "Nothing yet?");

        Time.Advance(FirstCall.HelpAfter + TimeSpan.FromSeconds(1));

        Reads(page, "Nothing yet? Look at these:");
    }

    [Fact]
    public async Task Operator_MayNotCreate()
    {
        SignIn(await Host.AddPersonAsync("olga", PortalRole.Operator));

        Reads(Open<NewProxyPage>(), "Not available to you");
    }

    private Bunit.IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> OpenFilled()
    {
        var page = Open<NewProxyPage>();
        Type(page, "Name", "hq-squid");
        Type(page, "Realm", "Example proxy");
        Type(page, "Endpoint name", "hq");
        Type(page, "Host", "proxy.example.test");
        return page;
    }
}
