using Microsoft.Playwright;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>Debian's Chromium, started once for a run.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    private readonly List<IBrowser> _others = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        foreach (IBrowser other in _others)
            await other.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A browser of its own that takes its proxies from a PAC file, and answers a 407 as somebody would.</summary>
    internal async Task<IPage> NewPageBehindAsync(Uri pac, string userId, string password)
    {
        IBrowser other = await LaunchAsync($"--proxy-pac-url={pac}");
        _others.Add(other);
        IPage page = await other.NewPageAsync();
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        session.Event("Fetch.requestPaused").OnEvent += (_, paused) => _ = session.SendAsync("Fetch.continueRequest", new() { ["requestId"] = paused!.Value.GetProperty("requestId").GetString()! });
        session.Event("Fetch.authRequired").OnEvent += (_, asked) => _ = session.SendAsync("Fetch.continueWithAuth", new()
        {
            ["requestId"] = asked!.Value.GetProperty("requestId").GetString()!,
            ["authChallengeResponse"] = new { response = "ProvideCredentials", username = userId, password },
        });
        await session.SendAsync("Fetch.enable", new() { ["handleAuthRequests"] = true });
        return page;
    }

    /// <summary>A person with a browser of their own: no cookies yet.</summary>
    internal async Task<Visitor> NewVisitorAsync(ColorScheme theme = ColorScheme.Light, int width = 1440, IBrowserContext? signedInAs = null, string locale = "en-GB")
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = theme,
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Europe/Berlin",
            Locale = locale,
            StorageState = signedInAs is null ? null : await signedInAs.StorageStateAsync(),
        });
        // Not a measurement: what hangs for so long will not come.
        context.SetDefaultTimeout(120_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    private Task<IBrowser> LaunchAsync(params string[] more) =>
        _playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = [.. Arguments, .. more] });
}
