using Microsoft.Playwright;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>Passkeys as people use them: a real ceremony of the browser, answered by a device that knows its owner.</summary>
[Trait("Category", "EndToEnd"), Collection(nameof(FirstRun))]
public sealed class PasskeyTests(FirstRun run)
{
    [Fact]
    public async Task Passkey_AddedOnMyAccount_SignsInAlone_UntilItIsRemoved()
    {
        await using Visitor ada = await run.Browser.NewVisitorAsync();
        IPage page = ada.Page;
        PasskeyDevice device = await PasskeyDevice.PlugInAsync(ada);
        // A finger already there would answer the offer in the user-id field before anything is typed.
        await device.TouchAsync(present: false);
        await SignInAsync(ada);
        await device.TouchAsync(present: true);

        await ada.OpenAsync(new Uri(run.Portal.Url, "/account/manage"));
        await page.GetByLabel("Name of the passkey").FillAsync("Laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("The passkey was added.").WaitForAsync();
        Assert.Equal(1, await device.CountAsync());
        await ada.LookAsync("account-with-passkey");
        // This session goes on; the one that was open elsewhere is over.
        await ada.OpenAsync(new Uri(run.Portal.Url, "/account/manage"));
        await page.GetByRole(AriaRole.Heading, new() { Name = "My account" }).WaitForAsync();
        await run.Administrator.OpenAsync(new Uri(run.Portal.Url, "/account/manage"));
        await run.Administrator.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();
        await device.TouchAsync(present: false);
        await SignOutAsync(page);

        await device.TouchAsync(present: true);
        await SignInWithPasskeyAsync(page);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await ada.OpenAsync(new Uri(run.Portal.Url, "/users/new"));
        await page.GetByRole(AriaRole.Heading, new() { Name = "Add user" }).WaitForAsync();

        await ada.OpenAsync(new Uri(run.Portal.Url, "/account/manage"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove passkey Laptop" }).ClickAsync();
        await page.GetByText("The passkey was removed.").WaitForAsync();
        await device.TouchAsync(present: false);
        await SignOutAsync(page);
        await device.TouchAsync(present: true);
        await SignInWithPasskeyAsync(page);
        await page.GetByText("The passkey was not accepted").WaitForAsync();
        Assert.Empty(ada.Complaints);
        // The administrator of the walk comes back for the tests after this one.
        await SignInAsync(run.Administrator);
    }

    [Fact]
    public async Task Setup_WithAPasskeyInsteadOfAPassword_SignsInWithItAlone_AndARecoveryCodeIsTheWayBack()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using PortalProcess portal = await PortalProcess.StartAsync(cancellationToken);
        await using Visitor ada = await run.Browser.NewVisitorAsync();
        IPage page = ada.Page;
        PasskeyDevice device = await PasskeyDevice.PlugInAsync(ada);
        await ada.OpenAsync(await portal.SetupLinkAsync(cancellationToken));
        await page.GetByLabel("User-id").FillAsync("ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey instead of a password" }).WaitForAsync();
        await ada.LookAsync("setup-1-passkey");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey instead of a password" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip: the passkey is both" }).WaitForAsync();
        Assert.Equal(1, await device.CountAsync());
        await ada.LookAsync("setup-2-passkey");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip: the passkey is both" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Save your recovery codes" }).WaitForAsync();
        string recoveryCode = await page.Locator(".pp-codes code").First.InnerTextAsync();
        await page.GetByLabel("I saved them").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByLabel("Organisation name").WaitForAsync();

        await ada.OpenAsync(new Uri(portal.Url, "/account/manage"));
        await ada.LookAsync("account-passkey-only");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove passkey Passkey" }).ClickAsync();
        await page.GetByText("This passkey is your only way in.").WaitForAsync();
        await device.TouchAsync(present: false);
        await SignOutAsync(page);
        await device.TouchAsync(present: true);
        await SignInWithPasskeyAsync(page);
        await page.GetByLabel("Organisation name").WaitForAsync();
        Assert.Empty(ada.Complaints);

        await using Visitor elsewhere = await run.Browser.NewVisitorAsync(width: 390);
        await elsewhere.OpenAsync(new Uri(portal.Url, "/account/sign-in"));
        await elsewhere.Page.GetByRole(AriaRole.Link, new() { Name = "Lost your passkey? Use a recovery code" }).ClickAsync();
        await elsewhere.LookAsync("recovery-code-passkey-390");
        await elsewhere.Page.GetByLabel("User-id").FillAsync("ada");
        await elsewhere.Page.GetByLabel("Recovery code").FillAsync(recoveryCode);
        await elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await elsewhere.Page.GetByRole(AriaRole.Heading, new() { Name = "My account" }).WaitForAsync();
        Assert.Empty(elsewhere.Complaints);
    }

    // The browser offers passkeys in the user-id field by itself, and the device may answer before the button can be pressed.
    private static async Task SignInWithPasskeyAsync(IPage page)
    {
        try
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync(new() { Timeout = 3000 });
        }
        catch (Exception exception) when (exception is TimeoutException or PlaywrightException)
        {
        }
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();
    }

    private async Task SignInAsync(Visitor visitor)
    {
        IPage page = visitor.Page;
        await visitor.OpenAsync(new Uri(run.Portal.Url, "/account/sign-in"));
        await page.GetByLabel("User-id").FillAsync("admin");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(FirstRun.AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Confirm it is you" }).WaitForAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(run.Authenticator.NextCode());
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
    }
}
