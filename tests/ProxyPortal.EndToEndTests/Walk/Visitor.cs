using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>Someone in front of a browser. Whatever the page complains about in the console is kept.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();

    public Visitor(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        Page.Console += (_, message) =>
        {
            if (message.Type is "error")
                _complaints.Enqueue($"{Page.Url}: {message.Text}");
        };
        Page.PageError += (_, error) => _complaints.Enqueue($"{Page.Url}: {error}");
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Errors of scripts, and everything the content security policy had to stop.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Opens a page and waits until it is alive: until then a click would go nowhere.</summary>
    public async Task OpenAsync(Uri url)
    {
        await Page.GotoAsync(url.ToString());
        await AwaitAliveAsync();
    }

    /// <summary>Waits until a page reached by a click is alive.</summary>
    public async Task SettleAsync()
    {
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await AwaitAliveAsync();
    }

    // Loaded is not enough: on a busy machine the circuit may not have begun, and what the page shows may still be read.
    private async Task AwaitAliveAsync()
    {
        await Page.Locator("main:not([aria-busy])").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Page.Locator(".loading").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>What a careful person does with every page: looks at it, and asks whether everyone can use it.</summary>
    public async Task LookAsync(string name)
    {
        await PictureAsync(name);
        await AssertAccessibleAsync();
    }

    /// <summary>Asserts that axe finds nothing on the page as it is.</summary>
    public async Task AssertAccessibleAsync()
    {
        AxeResult result = await Page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{Page.Url}:\n" + string.Join('\n', result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} at {string.Join(" | ", violation.Nodes.Select(node => node.Target))}")));
    }

    /// <summary>Keeps a picture in artifacts/screenshots, for people to judge.</summary>
    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures(), name + ".png"), FullPage = true });

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private static string Pictures([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "artifacts", "screenshots"));
}
