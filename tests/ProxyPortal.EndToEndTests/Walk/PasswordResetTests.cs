using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using MimeKit;
using ProxyPortal.EndToEndTests.Processes;
using ProxyPortal.EndToEndTests.Squid;
using Xunit;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>Somebody who forgot the password, on a phone: asks, gets a real mail from a real server, chooses a new one, and is through a real Squid.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PasswordResetTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string OldPassword = "an honest passphrase";
    private const string NewPassword = "seven quiet rivers under glass";
    private static readonly string[] Basic = ["Basic"];
    private readonly HelperBinary _helper = new();
    private readonly MailServer _mail = new();
    private readonly OriginServer _origin = new();
    private PortalProcess _portal = null!;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _helper.InitializeAsync();
        await _mail.StartAsync(Patience);
        _portal = await PortalProcess.StartAsync(Patience, Bootstrap(), _mail.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _mail.DisposeAsync();
        _origin.Dispose();
    }

    [Fact]
    public async Task Reset_OnAPhone_LeadsThroughSquidAtOnce()
    {
        await using SquidProcess squid = await SquidProcess.StartAsync(DocumentedConfiguration.Read(_portal.VerifyUrl, Loopback.FreePort()), _helper.Path, ProxyChain.CallerKey, _portal.Url, Patience);
        await using Visitor alice = await browser.NewVisitorAsync(ColorScheme.Light, 390);
        await alice.OpenAsync(new Uri(_portal.Url, "/account/sign-in"));
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await alice.LookAsync("reset-ask-light-390");
        await alice.Page.GetByLabel("User-id or mail address").FillAsync("alice");
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" }).WaitForAsync();
        await alice.LookAsync("reset-asked-light-390");

        MimeMessage mail = await _mail.NextAsync(Patience);
        Assert.Equal("alice@example.test", mail.To.Mailboxes.Single().Address);
        Uri link = MailServer.LinkIn(mail);
        await alice.Page.SetContentAsync(mail.HtmlBody!);
        await alice.PictureAsync("reset-mail-390");

        await alice.OpenAsync(link);
        Assert.DoesNotContain("token", alice.Page.Url, StringComparison.Ordinal);
        await alice.Page.GetByLabel("New password", new() { Exact = true }).FillAsync("passwordpassword123");
        await alice.Page.GetByText("it would be guessed early").WaitForAsync();
        await alice.LookAsync("reset-choose-common-light-390");
        await alice.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await alice.LookAsync("reset-choose-light-390");
        var clock = Stopwatch.StartNew();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Your password is set" }).WaitForAsync();
        Assert.Equal(200, (await Curl.GetAsync(squid.Port, _origin.Url, ("alice", NewPassword), tunnel: false, Patience)).Status);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"From the click to 200 through Squid: {clock.ElapsedMilliseconds} ms"));
        Assert.Equal(407, (await Curl.GetAsync(squid.Port, _origin.Url, ("alice", OldPassword), tunnel: false, Patience)).Status);
        await alice.LookAsync("reset-done-light-390");

        // Back after success: the link is used up, and says so.
        await alice.OpenAsync(link);
        await alice.Page.GetByRole(AriaRole.Heading, new() { Name = "This link is invalid or has expired" }).WaitForAsync();
        Assert.Equal("Your password was changed", (await _mail.NextAsync(Patience)).Subject);
        // The page of a link that was used answers 400, which the browser notes.
        Assert.DoesNotContain(alice.Complaints, complaint => !complaint.Contains("Failed to load resource", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MailAfterASignIn_TellsTheTimeOfThatBrowser()
    {
        await using Visitor alice = await browser.NewVisitorAsync(ColorScheme.Dark, 1440);
        await alice.OpenAsync(new Uri(_portal.Url, "/account/sign-in"));
        await alice.Page.GetByLabel("User-id", new() { Exact = true }).FillAsync("alice");
        await alice.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(OldPassword);
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await alice.Page.GetByText("You can use the proxy").First.WaitForAsync();
        await using Visitor later = await browser.NewVisitorAsync(ColorScheme.Dark, 1440);
        await AskAsync(later);
        await later.OpenAsync(MailServer.LinkIn(await _mail.NextAsync(Patience)));
        await later.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await later.Page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        Assert.Contains("(Europe/Berlin)", (await _mail.NextAsync(Patience)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MailServerDown_TheAnswerIsTheSame_AndTheMailComesOnceItIsBack()
    {
        await _mail.KillAsync();
        await using Visitor alice = await browser.NewVisitorAsync(ColorScheme.Dark, 1440);
        await AskAsync(alice);
        await _mail.StartAsync(Patience);
        Assert.NotNull(MailServer.LinkIn(await _mail.NextAsync(Patience)));
    }

    [Fact]
    public async Task MailServerThatHangs_HoldsUpNobody_AndTheMailComesOnceItGoesOn()
    {
        await _mail.StopAsync(Patience);
        await using Visitor alice = await browser.NewVisitorAsync(ColorScheme.Dark, 1440);
        await AskAsync(alice);
        await AskAsync(alice);
        await _mail.ContinueAsync(Patience);
        Assert.NotNull(MailServer.LinkIn(await _mail.NextAsync(Patience)));
    }

    [Fact]
    public async Task MailServerThatWantsTlsAndAPassword_GetsBoth()
    {
        await using var guarded = new MailServer(isGuarded: true);
        await guarded.StartAsync(Patience);
        await using PortalProcess portal = await PortalProcess.StartAsync(Patience, Bootstrap(), guarded.Settings);
        await using Visitor alice = await browser.NewVisitorAsync(ColorScheme.Dark, 1440);
        await AskAsync(alice, portal);
        Assert.NotNull(MailServer.LinkIn(await guarded.NextAsync(Patience)));
    }

    private async Task AskAsync(Visitor visitor, PortalProcess? portal = null)
    {
        await visitor.OpenAsync(new Uri((portal ?? _portal).Url, "/account/forgot-password"));
        await visitor.LookAsync("reset-ask-dark-1440");
        await visitor.Page.GetByLabel("User-id or mail address").FillAsync("alice@example.test");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" }).WaitForAsync();
    }

    private static string Bootstrap() => JsonSerializer.Serialize(new
    {
        administrator = new { userId = "admin", password = "correct horse battery staple", requireSecondFactor = false },
        proxies = new[]
        {
            new { name = "hq-squid", realm = "Example proxy", callerKey = ProxyChain.CallerKey, endpoints = new[] { new { name = "hq", host = "proxy.example.test", port = 3128, schemes = Basic } } },
        },
        users = new[] { new { userId = "alice", displayName = "Alice", email = "alice@example.test", password = OldPassword } },
    });
}
