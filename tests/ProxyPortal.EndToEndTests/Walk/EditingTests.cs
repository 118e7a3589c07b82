using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>One user and two browsers, and a connection that breaks while a change is being saved: nothing is lost, and nothing is done twice.</summary>
[Trait("Category", "EndToEnd")]
public sealed class EditingTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Password = "correct horse battery staple";
    private const string Token = "pp_api_of_the_editing_tests_0123456789abcdef";
    private static readonly string[] Everything = ["*"];
    private readonly HttpClient _api = new();
    private PortalProcess _portal = null!;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalProcess.StartAsync(Patience, JsonSerializer.Serialize(new
        {
            administrator = new { userId = "admin", password = Password, requireSecondFactor = false },
            apiTokens = new[] { new { name = "tests", token = Token, scopes = Everything } },
            users = new[] { new { userId = "alice", displayName = "Alice" } },
        }));
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task TwoBrowsers_OppositeEdits_LoseNothingAndAreTold()
    {
        await using Visitor first = await EditAsync();
        await using Visitor second = await EditAsync();
        await first.Page.Locator("#user-displayName").FillAsync("Alice of the first");
        await second.Page.Locator("#user-displayName").FillAsync("Alice of the second");

        await SaveAsync(first.Page);
        await Heading(first.Page, "Alice of the first").WaitForAsync();
        await SaveAsync(second.Page);
        await second.Page.GetByText("Someone else changed alice meanwhile").WaitForAsync();

        Assert.Equal("Alice of the second", await second.Page.Locator("#user-displayName").InputValueAsync());
        Assert.Equal("Alice of the first", (await AliceAsync()).GetProperty("displayName").GetString());
        await second.LookAsync("user-conflict-light-1440");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save my input over it" }).ClickAsync();
        await Heading(second.Page, "Alice of the second").WaitForAsync();
        Assert.Equal("Alice of the second", (await AliceAsync()).GetProperty("displayName").GetString());
        Assert.Empty(first.Complaints);
        Assert.Empty(second.Complaints);
    }

    [Fact]
    public async Task CircuitThatIsCutWhileItSaves_SavesOnceAndComesBack()
    {
        bool isCut = false;
        await using Visitor visitor = await SignInAsync();
        await visitor.Context.RouteWebSocketAsync(url => url.Contains("_blazor", StringComparison.Ordinal), socket =>
        {
            IWebSocketRoute server = socket.ConnectToServer();
            socket.OnMessage(message =>
            {
                if (message.Binary is { } binary)
                    server.Send(binary);
                else
                    server.Send(message.Text!);
                if (!isCut)
                    return;
                // The click has arrived; its answer will not.
                isCut = false;
                _ = server.CloseAsync();
                _ = socket.CloseAsync();
            });
        });
        await OpenFormAsync(visitor);
        long version = (await AliceAsync()).GetProperty("version").GetInt64();
        await visitor.Page.Locator("#user-displayName").FillAsync("Alice after the cut");
        await visitor.Page.Locator("#user-displayName").BlurAsync();
        await visitor.SettleAsync();

        isCut = true;
        await SaveAsync(visitor.Page);
        await Heading(visitor.Page, "Alice after the cut").WaitForAsync();

        JsonElement saved = await AliceAsync();
        Assert.Equal(("Alice after the cut", version + 1), (saved.GetProperty("displayName").GetString(), saved.GetProperty("version").GetInt64()));
        Assert.False(isCut);
    }

    [Fact]
    public async Task PortalThatIsKilledWhileItSaves_KeepsAllOfTheChangeOrNothing()
    {
        await using Visitor visitor = await EditAsync();
        await visitor.Page.Locator("#user-displayName").FillAsync("Alice before the end");
        await visitor.Page.Locator("#user-notes").FillAsync("Changed together");

        await visitor.Page.EvaluateAsync("() => window.ofTheOldProcess = true");
        await Task.WhenAll(SaveAsync(visitor.Page), _portal.KillAsync());
        await _portal.StartAgainAsync(Patience);

        JsonElement alice = await AliceAsync();
        (string?, string?)[] whole = [("Alice", null), ("Alice before the end", "Changed together")];
        Assert.Contains((alice.GetProperty("displayName").GetString(), alice.GetProperty("notes").GetString()), whole);
        // The page of the old process starts anew by itself, and is alive.
        await visitor.Page.WaitForFunctionAsync("() => !window.ofTheOldProcess");
        await visitor.SettleAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await visitor.Page.Locator("#user-notes").WaitForAsync();
    }

    private async Task<Visitor> EditAsync()
    {
        Visitor visitor = await SignInAsync();
        await OpenFormAsync(visitor);
        return visitor;
    }

    private async Task<Visitor> SignInAsync()
    {
        Visitor visitor = await browser.NewVisitorAsync();
        await visitor.OpenAsync(new Uri(_portal.Url, "/account/sign-in"));
        await visitor.Page.Locator("#userId").FillAsync("admin");
        await visitor.Page.Locator("#password").FillAsync(Password);
        await visitor.Page.Locator("form button.pp-button-primary").First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Overview", Level = 1 }).WaitForAsync();
        return visitor;
    }

    private async Task OpenFormAsync(Visitor visitor)
    {
        await visitor.OpenAsync(new Uri(_portal.Url, $"/users/{(await AliceAsync()).GetProperty("id").GetString()}"));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await visitor.Page.Locator("#user-notes").WaitForAsync();
    }

    private async Task<JsonElement> AliceAsync() => await _api.GetFromJsonAsync<JsonElement>(new Uri(_portal.Url, "/api/v1/users/alice"), Patience);

    private static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

    private static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });
}
