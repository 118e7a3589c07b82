using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using ProxyPortal.EndToEndTests.Processes;
using ProxyPortal.EndToEndTests.Squid;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>Somebody new, from the page that says where the proxy is to a client that gets through a real Squid with exactly the text that the portal gave.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ConnectTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const int MostClicks = 4;
    private const string Password = "an honest passphrase";
    private static readonly string[] Basic = ["Basic"];
    private readonly int _port = Loopback.FreePort();
    private readonly HelperBinary _helper = new();
    private readonly OriginServer _origin = new();
    private PortalProcess _portal = null!;
    private int _clicks;

    private Uri Site => new($"http://{SquidProcess.OriginName}:{_origin.Url.Port}/");

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _helper.InitializeAsync();
        _portal = await PortalProcess.StartAsync(Patience, Bootstrap());
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        _origin.Dispose();
    }

    [Fact]
    public async Task Newcomer_FromThePageToAClientThatGetsThrough_InFourClicks()
    {
        await using SquidProcess squid = await SquidProcess.StartAsync(DocumentedConfiguration.Read(_portal.VerifyUrl, _port), _helper.Path, ProxyChain.CallerKey, _portal.Url, Patience);
        await using Visitor alice = await browser.NewVisitorAsync(ColorScheme.Light, 1440);
        await alice.OpenAsync(new Uri(_portal.Url, "/connect"));
        await alice.LookAsync("connect-stranger-light-1440");
        foreach (string asked in (string[])["www.example.org", "not an address"])
        {
            await alice.OpenAsync(new Uri(_portal.Url, "/connect?url=" + Uri.EscapeDataString(asked)));
            await alice.LookAsync($"connect-{asked.Replace(' ', '-')}-light-1440");
        }
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in to see more" }).ClickAsync();
        await alice.Page.Locator("#userId").FillAsync("alice");
        await alice.Page.Locator("#password").FillAsync(Password);
        await alice.Page.Locator("form button.pp-button-primary").First.ClickAsync();
        await alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Connect to the proxy" }).WaitForAsync();

        await ClickAsync(alice.Page.GetByRole(AriaRole.Link, new() { Name = "My access" }));
        // Times are told in the browser's zone once the page has its circuit: until then a click would go nowhere.
        await alice.Page.Locator("time[title]").First.WaitForAsync();
        await ClickAsync(alice.Page.GetByRole(AriaRole.Button, new() { Name = "Add a device" }));
        await alice.Page.GetByLabel("Name of the device").FillAsync("laptop");
        await ClickAsync(alice.Page.GetByRole(AriaRole.Button, new() { Name = "Add and show the secret" }));
        ILocator copy = alice.Page.Locator("fieldset [data-copy]");
        await ClickAsync(copy);
        Assert.InRange(_clicks, 1, MostClicks);
        await alice.LookAsync("connect-secret-in-text-light-1440");

        using var folder = new TemporaryFolder();
        foreach ((string client, string command, string? prints) in Commands(folder.File("text")))
        {
            await ChooseAsync(alice, client);
            await File.WriteAllTextAsync(folder.File("text"), await copy.GetAttributeAsync("data-copy"), Patience);
            _origin.Seen.Clear();
            (int exit, string output) = await RunAsync(command);
            Assert.True(!_origin.Seen.IsEmpty && (prints is null || (exit == 0 && output.Trim() == prints)), $"{client}: {exit} {output}");
        }
        Assert.Empty(alice.Complaints);
    }

    [Fact]
    public async Task Chromium_WithThePublishedPacFile_GetsThrough()
    {
        await using SquidProcess squid = await SquidProcess.StartAsync(DocumentedConfiguration.Read(_portal.VerifyUrl, _port), _helper.Path, ProxyChain.CallerKey, _portal.Url, Patience);
        IPage page = await browser.NewPageBehindAsync(new Uri(_portal.Url, "/proxy.pac"), "alice", Password);
        await page.GotoAsync(Site.ToString());
        Assert.Equal("origin", await page.Locator("body").InnerTextAsync());
    }

    /// <summary>Chooses a client, and waits for its text: the choice shows at once, the text comes over the circuit.</summary>
    private static async Task ChooseAsync(Visitor visitor, string client)
    {
        ILocator chooser = visitor.Page.GetByLabel("Client");
        if (await chooser.InputValueAsync() == client)
            return;
        string? before = await visitor.Page.Locator("fieldset [data-copy]").GetAttributeAsync("data-copy");
        await chooser.SelectOptionAsync(client);
        await visitor.Page.WaitForFunctionAsync("before => document.querySelector('fieldset [data-copy]').dataset.copy !== before", before);
    }

    /// <summary>How each client is started with its text, and what it prints then; the text of curl and requests is made for another site. Nothing is asked of those that
    /// find no repository at the origin: that they were let through to it is all.</summary>
    private IEnumerable<(string Client, string Command, string? Prints)> Commands(string file) =>
    [
        ("curl", $"sed \"s|'https://example.com/'|-sS {Site}|\" {file} | bash", "origin"),
        ("curlrc", $"curl -sS --config {file} {Site}", "origin"),
        ("shell", $". {file} && curl -sS {Site}", "origin"),
        ("wget", $"WGETRC={file} wget -qO- {Site}", "origin"),
        ("git", $"GIT_CONFIG_GLOBAL={file} GIT_TERMINAL_PROMPT=0 git ls-remote {Site}", null),
        ("apt", $"APT_CONFIG={file} /usr/lib/apt/apt-helper -o APT::Sandbox::User=root download-file {Site} {file}.got > /dev/null && cat {file}.got", "origin"),
        ("pip", $"PIP_CONFIG_FILE={file} python3 -m pip download --no-cache-dir --retries 0 --trusted-host {SquidProcess.OriginName} --index-url {Site} --dest {file}.pip nothing", null),
        ("npm", $"npm view nothing --userconfig {file} --registry {Site} --fetch-retries 0", null),
        ("requests", $"sed 's|https://example.com/|{Site}|' {file} | python3 -", "200"),
        ("java", $"mkdir {file}.java && cp {file} {file}.java/ProxySettings.java && cd {file}.java && echo '{JavaMain}' > Main.java && javac *.java && java Main", "origin"),
        ("go", $". {file} && mkdir {file}.go && cd {file}.go && echo '{GoMain}' > main.go && GOCACHE={file}.go/cache go run main.go", "origin"),
        ("dotnet", $"cp {file} {file}.cs && echo 'Console.Write(await client.GetStringAsync(new Uri(\"{Site}\")));' >> {file}.cs && dotnet run {file}.cs", "origin"),
    ];

    private string GoMain =>
        $$"""package main; import ("fmt"; "io"; "net/http"); func main() { answer, fault := http.Get("{{Site}}"); if fault != nil { panic(fault) }; text, _ := io.ReadAll(answer.Body); fmt.Print(string(text)) }""";

    private string JavaMain =>
        $$"""public class Main { public static void main(String[] a) throws Exception { ProxySettings.apply(); System.out.print(new String(new java.net.URL("{{Site}}").openStream().readAllBytes())); } }""";

    private static async Task<(int Exit, string Output)> RunAsync(string command)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"{{ {command}; }} 2>&1");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(Patience);
        await process.WaitForExitAsync(Patience);
        return (process.ExitCode, output);
    }

    private Task ClickAsync(ILocator locator)
    {
        _clicks++;
        return locator.ClickAsync();
    }

    private string Bootstrap() => JsonSerializer.Serialize(new
    {
        administrator = new { userId = "admin", password = "correct horse battery staple", requireSecondFactor = false },
        proxies = new[]
        {
            new { name = "hq-squid", realm = "Example proxy", callerKey = ProxyChain.CallerKey, endpoints = new[] { new { name = "hq", host = "127.0.0.1", port = _port, schemes = Basic, visibility = "public" } } },
        },
        users = new[] { new { userId = "alice", displayName = "Alice", email = "alice@example.test", password = Password } },
    });
}
