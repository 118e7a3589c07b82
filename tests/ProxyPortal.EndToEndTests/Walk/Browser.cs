using Microsoft.Playwright;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>Debian's Chromium, started once for a run.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A person with a browser of their own: no cookies yet.</summary>
    internal async Task<Visitor> NewVisitorAsync(ColorScheme theme = ColorScheme.Light, int width = 1440, IBrowserContext? signedInAs = null)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = theme,
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
            StorageState = signedInAs is null ? null : await signedInAs.StorageStateAsync(),
        });
        return new Visitor(context, await context.NewPageAsync());
    }
}
