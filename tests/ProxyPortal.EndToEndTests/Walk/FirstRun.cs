using Microsoft.Playwright;
using ProxyPortal.EndToEndTests.Processes;
using ProxyPortal.EndToEndTests.Squid;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>The five-minute walk of the README, taken once in a real browser: from the printed set-up link to a Squid that lets alice through.</summary>
[CollectionDefinition(nameof(FirstRun))]
public sealed class FirstRunCollection : ICollectionFixture<FirstRun>;

/// <inheritdoc cref="FirstRunCollection" />
public sealed class FirstRun : IAsyncLifetime
{
    public const string AdministratorPassword = "a long sentence about nothing";
    public const string AlicePassword = "seven quiet herons at dusk";

    /// <summary>What an organisation has after its first weeks, for pages that are empty without it.</summary>
    private const string Furniture = """
        {
          "expiryPolicies": [ { "name": "contractors", "deviceSecretMaxAgeDays": 90, "overlapHours": 24, "idleDays": 30, "warnDays": [14, 7, 3, 1] } ],
          "groups": [ { "name": "staff", "schemes": ["Basic"], "networks": ["127.0.0.0/8", "192.0.2.0/24"], "expiryPolicy": "contractors" } ],
          "users": [ { "userId": "bob", "displayName": "Bob Example", "email": "bob@example.test", "groups": ["staff"], "validUntil": "2027-12-31T00:00:00Z",
                       "devices": [ { "name": "laptop", "secret": "a-device-secret-of-forty-characters-or-so" }, { "name": "phone", "secret": "another-device-secret-of-forty-characters" } ] } ]
        }
        """;

    private readonly HelperBinary _helper = new();
    private PortalProcess? _portal;
    private SquidProcess? _squid;
    private Visitor? _administrator;

    internal PortalProcess Portal => _portal!;

    internal SquidProcess Squid => _squid!;

    internal Visitor Administrator => _administrator!;

    internal OriginServer Origin { get; } = new();

    internal Browser Browser { get; } = new();

    internal AuthenticatorApp Authenticator { get; private set; } = new("");

    internal Uri SetupLink { get; private set; } = new("about:blank");

    /// <summary>squid.conf lines as the set-up showed them.</summary>
    internal string PrintedConfiguration { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await Task.WhenAll(_helper.InitializeAsync().AsTask(), Browser.InitializeAsync().AsTask());
        _portal = await PortalProcess.StartAsync(cancellationToken);
        SetupLink = await _portal.SetupLinkAsync(cancellationToken);
        _administrator = await Browser.NewVisitorAsync();
        await CreateAdministratorAsync();
        await EnrolSecondFactorAsync();
        await NameOrganisationAsync();
        string callerKey = await AddProxyAsync(Loopback.FreePort());
        Uri link = await AddUserAsync();
        await ChoosePasswordAsync(link);
        _squid = await SquidProcess.StartAsync(PrintedConfiguration, _helper.Path, callerKey, _portal.Url, cancellationToken);
        await FinishWithTheFirstCallAsync();
        await _portal.ApplyAsync(Furniture, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_administrator is not null)
            await _administrator.DisposeAsync();
        await Browser.DisposeAsync();
        if (_squid is not null)
            await _squid.DisposeAsync();
        if (_portal is not null)
            await _portal.DisposeAsync();
        Origin.Dispose();
    }

    internal Task<CurlAnswer> GetAsync(string login, string password) =>
        Curl.GetAsync(Squid.Port, Origin.Url, (login, password), tunnel: false, TestContext.Current.CancellationToken);

    private async Task CreateAdministratorAsync()
    {
        IPage page = Administrator.Page;
        await Administrator.OpenAsync(SetupLink);
        Assert.DoesNotContain("token", page.Url, StringComparison.Ordinal);
        await Administrator.LookAsync("setup-1-account");
        await page.GetByLabel("User-id").FillAsync("admin");
        await page.GetByLabel("Name").FillAsync("Ada Admin");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    private async Task EnrolSecondFactorAsync()
    {
        IPage page = Administrator.Page;
        await page.GetByText("Cannot scan?").ClickAsync();
        await Administrator.LookAsync("setup-2-second-factor");
        Authenticator = new AuthenticatorApp(await page.Locator(".pp-manual code").First.InnerTextAsync());
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(Authenticator.NextCode());
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Save your recovery codes" }).WaitForAsync();
        await Administrator.LookAsync("setup-2-recovery-codes");
        await page.GetByLabel("I saved them").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    private async Task NameOrganisationAsync()
    {
        IPage page = Administrator.Page;
        await Administrator.SettleAsync();
        await page.GetByLabel("Organisation name").FillAsync("Example Works");
        await Administrator.LookAsync("setup-3-organisation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
    }

    private async Task<string> AddProxyAsync(int port)
    {
        IPage page = Administrator.Page;
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your first proxy" }).WaitForAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Realm", Exact = true }).FillAsync("Example proxy");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Host", Exact = true }).FillAsync("proxy.example.test");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Port", Exact = true }).FillAsync(port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Administrator.LookAsync("setup-4-proxy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create proxy" }).ClickAsync();
        ILocator key = page.GetByRole(AriaRole.Region, new() { Name = "Caller key" });
        await key.WaitForAsync();
        string callerKey = await key.Locator("code").First.InnerTextAsync();
        PrintedConfiguration = (await page.Locator("pre").Filter(new() { HasText = "auth_param basic program" }).InnerTextAsync()).TrimEnd('\n') + "\n";
        await Administrator.LookAsync("setup-4-key");
        await page.GetByRole(AriaRole.Button, new() { Name = "I saved it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next: first user" }).ClickAsync();
        return callerKey;
    }

    private async Task<Uri> AddUserAsync()
    {
        IPage page = Administrator.Page;
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your first user" }).WaitForAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "User-id", Exact = true }).FillAsync("alice");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Alice Example");
        await Administrator.LookAsync("setup-5-user");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create user" }).ClickAsync();
        ILocator secret = page.GetByRole(AriaRole.Region, new() { Name = "Password link for alice" });
        await secret.WaitForAsync();
        await Administrator.LookAsync("setup-5-link");
        var link = new Uri(await secret.Locator("code").First.InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "I saved it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next: first call" }).ClickAsync();
        await page.GetByText("Waiting for the first call of").WaitForAsync();
        await Administrator.LookAsync("setup-6-waiting");
        return link;
    }

    private async Task FinishWithTheFirstCallAsync()
    {
        IPage page = Administrator.Page;
        Assert.Equal(407, (await GetAsync("alice", "not her password")).Status);
        await page.GetByText("is connected.").WaitForAsync();
        await Administrator.LookAsync("setup-6-connected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish set-up" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
    }

    private async Task ChoosePasswordAsync(Uri link)
    {
        await using Visitor alice = await Browser.NewVisitorAsync(width: 390);
        await alice.OpenAsync(link);
        await alice.LookAsync("set-password-390");
        await alice.Page.GetByLabel("New password").FillAsync(AlicePassword);
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Your password is set" }).WaitForAsync();
        await alice.LookAsync("set-password-done-390");
        Assert.Empty(alice.Complaints);
    }
}
