using Microsoft.Playwright;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>The pages around signing in, in both themes, wide and narrow: axe finds nothing, and nothing has to be scrolled sideways.</summary>
[Trait("Category", "EndToEnd"), Collection(nameof(FirstRun))]
public sealed class AccountPagesTests(FirstRun run)
{
    [Theory]
    [InlineData("light", 1440), InlineData("dark", 1440), InlineData("light", 390), InlineData("dark", 390)]
    public async Task AccountPage_AsItIs_IsSoundForEveryone(string theme, int width)
    {
        ColorScheme scheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light;
        await using Visitor nobody = await run.Browser.NewVisitorAsync(scheme, width);
        await SeeAsync(nobody, "/account/set-password?token=none", $"set-password-invalid-{theme}-{width}");
        await SeeAsync(nobody, "/account/sign-in-link?token=none", $"sign-in-link-invalid-{theme}-{width}");
        await SeeAsync(nobody, "/account/recovery-code", $"recovery-code-alone-{theme}-{width}");
        await SeeAsync(nobody, "/account/forgot-password", $"forgot-password-{theme}-{width}");
        await SeeAsync(nobody, "/no/such/page", $"nothing-here-{theme}-{width}");
        await SeeAsync(nobody, "/account/sign-in", $"sign-in-{theme}-{width}");
        await nobody.Page.GetByLabel("User-id").FillAsync("admin");
        await nobody.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(FirstRun.AdministratorPassword);
        await nobody.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await nobody.Page.GetByRole(AriaRole.Heading, new() { Name = "Confirm it is you" }).WaitForAsync();
        await SeeAsync(nobody, "/account/second-factor", $"second-factor-{theme}-{width}");
        await SeeAsync(nobody, "/account/recovery-code", $"recovery-code-{theme}-{width}");

        await using Visitor ada = await run.Browser.NewVisitorAsync(scheme, width, run.Administrator.Context);
        await SeeAsync(ada, "/account/confirm", $"confirm-{theme}-{width}");
        await SeeAsync(ada, "/account/manage", $"my-account-{theme}-{width}");
    }

    private async Task SeeAsync(Visitor visitor, string path, string name)
    {
        await visitor.OpenAsync(new Uri(run.Portal.Url, path));
        await visitor.LookAsync(name);
        int overflow = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{path} is {overflow} px too wide.");
    }
}
