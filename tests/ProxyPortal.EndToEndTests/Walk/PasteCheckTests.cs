using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>Somebody pastes what does not work, and reads what is wrong in it: what they pasted as a secret never leaves the browser.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PasteCheckTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Canary = "cAnary7731";
    private static readonly string[] Basic = ["Basic"];
    private readonly ConcurrentQueue<string> _sent = new();
    private PortalProcess _portal = null!;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await PortalProcess.StartAsync(Patience, JsonSerializer.Serialize(new
    {
        proxies = new[]
        {
            new { name = "hq-squid", realm = "Example proxy", callerKey = "pp-caller-key-of-the-tests-0123456789", endpoints = new[] { new { name = "hq", host = "proxy.example.test", port = 3128, schemes = Basic, visibility = "public" } } },
        },
    }));

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task PastedSetting_IsCorrected_AndItsSecretStaysInTheBrowser()
    {
        await using Visitor visitor = await browser.NewVisitorAsync(ColorScheme.Light, 1440);
        Trace(visitor.Page);
        await visitor.OpenAsync(new Uri(_portal.Url, "/check"));
        await visitor.LookAsync("paste-empty-light-1440");

        await LookAtAsync(visitor, $"export http_proxy=http://alice:{Canary}@proxy.example.test:8080\n");
        await visitor.Page.GetByText("The port is not that of the proxy").WaitForAsync();
        Assert.Contains($"http://alice:{Canary}@proxy.example.test:3128", await CorrectedAsync(visitor), StringComparison.Ordinal);
        await visitor.LookAsync("paste-wrong-light-1440");

        await LookAtAsync(visitor, $"https_proxy=http://alice:p@{Canary}/w@proxy.example.test:3128");
        await visitor.Page.GetByText("The password is not encoded").WaitForAsync();
        Assert.Contains($"http://alice:p%40{Canary}%2Fw@proxy.example.test:3128", await CorrectedAsync(visitor), StringComparison.Ordinal);

        foreach (string pasted in Pasted())
        {
            await LookAtAsync(visitor, pasted);
            await visitor.Page.Locator("#paste-result :not(:empty)").First.WaitForAsync();
        }
        await LookAtAsync(visitor, "hello");
        await visitor.Page.GetByText("No proxy setting was recognised in this text.").WaitForAsync();
        await visitor.LookAsync("paste-unreadable-light-1440");

        Assert.True(_sent.Count > 8, $"Only {_sent.Count} requests were seen.");
        Assert.All(_sent, sent => Assert.DoesNotContain(Canary, sent, StringComparison.Ordinal));
        Assert.Empty(visitor.Complaints);
    }

    /// <summary>Everywhere a secret stands in what people paste.</summary>
    private static IEnumerable<string> Pasted() =>
    [
        $"http_proxy=http://alice:my {Canary} x@proxy.example.test:3128",
        $"http_proxy=http://alice@corp.example:{Canary}@proxy.example.test:3128",
        $"http_proxy=alice:{Canary}@proxy.example.test:3128",
        $"systemProp.http.proxyHost=proxy.example.test\nsystemProp.http.proxyPassword=a;{Canary}",
        $"curl -x http://proxy.example.test:3128 -U alice:'pa {Canary}' https://example.com/",
        $"curl -x http://proxy.example.test:3128 -U alice:p@{Canary} https://user@example.com/",
        $"<key>ProxyPassword</key><string>{Canary}</string>",
        $"Credentials = new NetworkCredential(\"alice\", \"a{Canary}\"),",
        $"$secret = ConvertTo-SecureString '{Canary} x' -AsPlainText",
        $"machine proxy.example.test login alice password {Canary}",
        $"cmdkey /add:proxy.example.test /user:alice /pass:{Canary}",
        $"proxy = \"http://proxy.example.test:3128\"\nproxy-user = \"alice:{Canary} \\\"x\"\n",
        $"curl -x http://proxy.example.test:3128 -U 'alice:{Canary}' https://example.com/",
        $"curl --proxy http://proxy.example.test:3128 --proxy-user alice:{Canary} https://example.com/",
        $"curl -x http://proxy.example.test:3128 --proxy-user \"alice:{Canary} two\" -H \"Proxy-Authorization: Basic {Canary}\" https://example.com/",
        $"https_proxy = http://proxy.example.test:3128\nproxy_user = alice\nproxy_password = {Canary}\n",
        $"proxy=http://alice:{Canary}@proxy.example.test:3128/\nhttps-proxy=http://alice:{Canary}@proxy.example.test:3128/\n//registry.npmjs.org/:_authToken={Canary}\n",
        $"[http]\n\tproxy = http://alice:{Canary}@proxy.example.test:3128\n\textraHeader = Authorization: Basic {Canary}\n",
        $"Acquire::http::Proxy \"http://alice:{Canary}@proxy.example.test:3128\";\n",
        $"<settings><proxies><proxy><protocol>http</protocol><host>proxy.example.test</host><port>3128</port><username>alice</username><password>{Canary}</password></proxy></proxies></settings>",
        $"systemProp.http.proxyHost=proxy.example.test\nsystemProp.http.proxyPort=3128\nsystemProp.http.proxyUser=alice\nsystemProp.http.proxyPassword={Canary}\n",
        $"java -Dhttp.proxyHost=proxy.example.test -Dhttp.proxyPort=3128 -Dhttp.proxyPassword={Canary} -jar a.jar",
        $"{{\"proxies\":{{\"default\":{{\"httpProxy\":\"http://alice:{Canary}@proxy.example.test:3128\",\"httpsProxy\":\"http://alice:{Canary}@proxy.example.test:3128\"}}}}}}",
    ];

    private static async Task LookAtAsync(Visitor visitor, string text)
    {
        await visitor.Page.GetByLabel("Your setting").FillAsync(text);
        await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync(), response => response.Request.Method == "POST");
        await visitor.Page.Locator("form[data-paste-check] button:enabled").WaitForAsync();
    }

    private static async Task<string> CorrectedAsync(Visitor visitor) => await visitor.Page.Locator("[data-unmask] code").InnerTextAsync();

    private void Trace(IPage page)
    {
        page.Request += (_, request) => _sent.Enqueue(request.Url + "\n" + request.PostData);
        page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => _sent.Enqueue(frame.Text ?? "");
    }
}
