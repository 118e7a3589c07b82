using Microsoft.Playwright;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>Every page of the portal in both themes, wide and narrow: axe finds nothing, the content security policy has to stop
/// nothing, no script fails, and nothing has to be scrolled sideways.</summary>
[Trait("Category", "EndToEnd"), Collection(nameof(FirstRun))]
public sealed class EveryPageTests(FirstRun run)
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/"), ("users", "/users"), ("users-no-match", "/users?search=nobody-of-this-name"), ("users-bin", "/users?status=Deleted"), ("user-new", "/users/new"),
        ("proxies", "/proxies"), ("proxy-new", "/proxies/new"), ("audit", "/audit"), ("settings", "/settings"), ("account", "/account/manage"), ("missing", "/no/such/page"),
    ];

    [Theory]
    [InlineData("light", 1440), InlineData("dark", 1440), InlineData("light", 390), InlineData("dark", 390), InlineData("light", 360)]
    public async Task Page_AsItIs_IsSoundForEveryone(string theme, int width)
    {
        await using Visitor visitor = await run.Browser.NewVisitorAsync(theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, width, run.Administrator.Context);
        foreach ((string name, string path) in Pages)
            await SeeAsync(visitor, path, $"{name}-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/users?search=alice", "alice"), $"user-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/proxies", "hq-squid"), $"proxy-{theme}-{width}");

        Assert.DoesNotContain(visitor.Complaints, complaint => !complaint.Contains("/no/such/page", StringComparison.Ordinal));
    }

    private async Task SeeAsync(Visitor visitor, string path, string name)
    {
        await visitor.OpenAsync(new Uri(run.Portal.Url, path));
        await visitor.LookAsync(name);
        int overflow = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{path} is {overflow} px too wide.");
    }

    private async Task<string> HrefAsync(Visitor visitor, string list, string name)
    {
        await visitor.OpenAsync(new Uri(run.Portal.Url, list));
        return await visitor.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.GetAttributeAsync("href") ?? "";
    }
}
