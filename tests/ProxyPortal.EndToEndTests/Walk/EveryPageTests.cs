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
        ("users-import", "/users/import"), ("devices", "/devices"), ("devices-no-match", "/devices?search=nothing-of-this-name"), ("device-requests", "/devices/requests"), ("requests", "/requests"), ("requests-no-match", "/requests?search=nobody-of-this-name"), ("my-access", "/my-access"), ("groups", "/groups"), ("group-new", "/groups/new"),
        ("policies", "/policies"), ("policy-new", "/policies/new"), ("policies-calendar", "/policies/calendar"), ("proxies", "/proxies"), ("proxy-new", "/proxies/new"),
        ("verifications", "/verifications"), ("verifications-no-match", "/verifications?search=nobody-of-this-name"), ("audit", "/audit"), ("api-tokens", "/api-tokens"),
        ("api-reference", "/api/docs"), ("settings", "/settings"), ("mail", "/settings/mail"), ("account", "/account/manage"), ("connect", "/connect"), ("check", "/check"), ("guides", "/guides"), ("guides-no-match", "/guides?search=nothing-of-this-name"), ("guide", "/guides/what-a-407-is"), ("guides-manage", "/guides/manage"), ("guide-new", "/guides/manage/new"), ("guide-editor", "/guides/manage/what-a-407-is/en"), ("pac", "/pac"), ("pac-new", "/pac/new"), ("announcements", "/announcements"), ("announcement-new", "/announcements/new?endpoint=hq"), ("connect-asked", "/connect?url=www.example.org"), ("clients", "/connect/hq"), ("client", "/connect/hq/curl"), ("client-steps", "/connect/hq/android"), ("help", "/help/407"), ("missing", "/no/such/page"),
    ];

    private const int NarrowWithAxe = 390;

    [Theory]
    [InlineData("light", 1440), InlineData("dark", 1440), InlineData("light", 390), InlineData("dark", 390), InlineData("light", 360)]
    public async Task Page_AsItIs_IsSoundForEveryone(string theme, int width)
    {
        await using Visitor visitor = await run.Browser.NewVisitorAsync(theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, width, run.Administrator.Context);
        foreach ((string name, string path) in Pages)
            await SeeAsync(visitor, path, $"{name}-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/users?search=alice", "alice"), $"user-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/users?search=bob", "bob"), $"user-with-devices-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/users?search=bob", "bob") + "/view", $"view-as-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/devices", "bob+laptop"), $"device-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/groups", "staff"), $"group-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/policies", "contractors"), $"policy-{theme}-{width}");
        await SeeAsync(visitor, await HrefAsync(visitor, "/proxies", "hq-squid"), $"proxy-{theme}-{width}");

        Assert.DoesNotContain(visitor.Complaints, complaint => !complaint.Contains("/no/such/page", StringComparison.Ordinal));
    }

    private async Task SeeAsync(Visitor visitor, string path, string name)
    {
        await visitor.OpenAsync(new Uri(run.Portal.Url, path));
        // On the narrowest only the room differs: what axe looks at is the same as on the next.
        await (visitor.Page.ViewportSize!.Width < NarrowWithAxe ? visitor.PictureAsync(name) : visitor.LookAsync(name));
        int overflow = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{path} is {overflow} px too wide.");
    }

    private async Task<string> HrefAsync(Visitor visitor, string list, string name)
    {
        await visitor.OpenAsync(new Uri(run.Portal.Url, list));
        return await visitor.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.GetAttributeAsync("href") ?? "";
    }
}
