using System.Diagnostics;
using Microsoft.Playwright;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>From the set-up link to a client that gets through, and out again, in the order in which people do it.</summary>
[Trait("Category", "EndToEnd"), Collection(nameof(FirstRun))]
public sealed class FirstRunTests(FirstRun run)
{
    private static readonly TimeSpan StatedBound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task SuspendedInTheBrowser_IsRefusedWithinTheStatedBound_AndResumedGetsThroughAgain()
    {
        IPage page = run.Administrator.Page;
        Assert.Equal(200, (await run.GetAsync("alice", FirstRun.AlicePassword)).Status);

        await SuspendAsync(page);
        Assert.True(await RefusedWithinAsync(StatedBound), "Alice still gets through after the time that the page states.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).WaitForAsync();
        // The helper remembers a rejection for some seconds; the portal itself forgets it at once.
        await UntilAsync(async () => (await run.GetAsync("alice", FirstRun.AlicePassword)).Status == 200, StatedBound);
        Assert.Empty(run.Administrator.Complaints);
    }

    [Fact]
    public async Task SetupLink_OpenedAgain_IsNoLongerValid()
    {
        await using Visitor stranger = await run.Browser.NewVisitorAsync();

        await stranger.OpenAsync(run.SetupLink);

        Assert.Equal(0, await stranger.Page.GetByLabel("User-id").CountAsync());
        await stranger.LookAsync("setup-link-used");
    }

    [Fact]
    public async Task SignIn_WithoutTheSecondFactor_OpensNothing()
    {
        await using Visitor thief = await run.Browser.NewVisitorAsync();
        await thief.OpenAsync(new Uri(run.Portal.Url, "/account/sign-in"));
        await thief.LookAsync("sign-in");
        await thief.Page.GetByLabel("User-id").FillAsync("admin");
        await thief.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(FirstRun.AdministratorPassword);
        await thief.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await thief.Page.GetByRole(AriaRole.Heading, new() { Name = "Confirm it is you" }).WaitForAsync();
        await thief.LookAsync("second-factor");

        foreach (string path in (string[])["/", "/users", "/proxies", "/audit", "/settings", "/account/manage"])
        {
            await thief.OpenAsync(new Uri(run.Portal.Url, path));
            Assert.Contains("/account/", new Uri(thief.Page.Url).AbsolutePath, StringComparison.Ordinal);
            Assert.DoesNotContain("/account/manage", new Uri(thief.Page.Url).AbsolutePath, StringComparison.Ordinal);
        }
    }

    private async Task SuspendAsync(IPage page)
    {
        await run.Administrator.OpenAsync(new Uri(run.Portal.Url, "/users?search=alice"));
        await page.GetByRole(AriaRole.Link, new() { Name = "alice", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await page.GetByText("up to 30 seconds").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend user" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).WaitForAsync();
    }

    private async Task<bool> RefusedWithinAsync(TimeSpan bound)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < bound)
        {
            if ((await run.GetAsync("alice", FirstRun.AlicePassword)).Status == 403)
                return true;
            await ServerProcess.NextMomentAsync(TestContext.Current.CancellationToken);
        }
        return (await run.GetAsync("alice", FirstRun.AlicePassword)).Status == 403;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan patience)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        while (!await condition())
            await ServerProcess.NextMomentAsync(limit.Token);
    }
}
