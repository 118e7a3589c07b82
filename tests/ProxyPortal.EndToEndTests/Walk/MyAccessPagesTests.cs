using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>The pages of an ordinary user, in a real browser: sound for everyone, in both themes, on a telephone too, and in German.</summary>
[Trait("Category", "EndToEnd")]
public sealed class MyAccessPagesTests : IAsyncLifetime
{
    private const string Password = "seven quiet herons at dusk";
    private const string CallerKey = "a-caller-key-of-forty-characters-0000001";

    private const string Bootstrap = $$"""
        {
          "expiryPolicies": [ { "name": "contractors", "deviceSecretMaxAgeDays": 90, "overlapHours": 24 } ],
          "proxies": [ { "name": "hq-squid", "realm": "Example proxy", "callerKey": "{{CallerKey}}",
            "endpoints": [ { "name": "hq", "host": "proxy.example.test", "port": 3128 }, { "name": "hq-tls", "host": "proxy.example.test", "port": 3130, "transport": "https" } ] } ],
          "groups": [ { "name": "staff", "expiryPolicy": "contractors", "deviceLimit": 4 } ],
          "users": [
            { "userId": "alice", "displayName": "Alice Example", "email": "alice@example.test", "password": "{{Password}}", "groups": ["staff"], "validUntil": "2098-12-31T00:00:00Z",
              "devices": [ { "name": "laptop", "secret": "a-device-secret-of-forty-characters-0001" }, { "name": "phone", "secret": "a-device-secret-of-forty-characters-0002" } ] } ]
        }
        """;

    private static readonly (string Name, string Path)[] Pages =
        [("my-access", "/"), ("change-mail", "/account/mail"), ("help-407", "/help/407"), ("help-407-superseded", "/help/407/credential.superseded"), ("request-access-closed", "/account/request-access")];

    private readonly Browser _browser = new();
    private PortalProcess _portal = null!;

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await _browser.InitializeAsync();
        _portal = await PortalProcess.StartAsync(cancellationToken, Bootstrap);
        foreach ((string login, string secret) in ((string, string)[])[("alice", Password), ("alice", "not her password"), ("alice+laptop", "a-device-secret-of-forty-characters-0001"), ("alice+phone", "an old secret")])
            await AskAsync(login, secret, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Theory]
    [InlineData("light", 1440, "en-GB"), InlineData("dark", 1440, "en-GB"), InlineData("light", 390, "en-GB"), InlineData("dark", 390, "de-DE"), InlineData("light", 360, "de-DE")]
    public async Task Page_AsItIs_IsSoundForEveryone(string theme, int width, string locale)
    {
        await using Visitor alice = await _browser.NewVisitorAsync(theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, width, locale: locale);
        await SignInAsync(alice);
        foreach ((string name, string path) in Pages)
            await SeeAsync(alice, path, $"{name}-{theme}-{width}-{locale}");
        Assert.Empty(alice.Complaints);
    }

    [Fact]
    public async Task Device_OnATelephone_IsAddedPausedAndRevoked()
    {
        await using Visitor alice = await _browser.NewVisitorAsync(width: 390);
        await SignInAsync(alice);
        IPage page = alice.Page;
        await alice.OpenAsync(_portal.Url);
        await AliveAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a device" }).ClickAsync();
        await page.GetByLabel("Name of the device").FillAsync("tablet");
        await alice.LookAsync("my-access-device-form-390");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add and show the secret" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I saved it" }).WaitForAsync();
        await alice.LookAsync("my-access-device-secret-390");
        await page.GetByRole(AriaRole.Button, new() { Name = "I saved it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause alice+tablet" }).ClickAsync();
        await page.GetByText("Refused until you resume it").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke alice+tablet" }).ClickAsync();
        await alice.LookAsync("my-access-device-revoke-390");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke device" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove alice+tablet" }).WaitForAsync();
        Assert.Empty(alice.Complaints);
    }

    private async Task AskAsync(string login, string secret, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", CallerKey);
        (await client.PostAsJsonAsync(new Uri(_portal.VerifyUrl, "/api/v1/verify"), new { scheme = "Basic", userId = login, password = secret, clientAddress = "192.0.2.10", endpoint = "hq" }, cancellationToken)).Dispose();
    }

    private async Task SignInAsync(Visitor visitor)
    {
        await visitor.OpenAsync(new Uri(_portal.Url, "/account/sign-in"));
        await visitor.Page.Locator("#userId").FillAsync("alice");
        await visitor.Page.Locator("#password").FillAsync(Password);
        await visitor.Page.Locator("form button.pp-button-primary").First.ClickAsync();
        await visitor.Page.Locator("#verdict-title").WaitForAsync();
        await visitor.SettleAsync();
    }

    // Times are told in the browser's zone once the page has its circuit: until then a click would go nowhere.
    private static Task AliveAsync(IPage page) => page.Locator("time[title]").First.WaitForAsync();

    private async Task SeeAsync(Visitor visitor, string path, string name)
    {
        await visitor.OpenAsync(new Uri(_portal.Url, path));
        if (path == "/")
            await AliveAsync(visitor.Page);
        await visitor.LookAsync(name);
        int overflow = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{path} is {overflow} px too wide.");
    }
}
