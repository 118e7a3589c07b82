using System.Globalization;
using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.MyAccess;
using ProxyPortal.Tests.Components;
using ProxyPortal.Tests.Verification.Events;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.MyAccess;

public sealed class MyAccessPageTests : PortalPageTest
{
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private IRenderedComponent<MudSnackbarProvider> _notes = null!;
    private Actor _alice = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _alice = await Host.AddPersonAsync("alice", PortalRole.None);
        await Host.SetPasswordAsync(_alice.Id!.Value);
        SignIn(_alice);
    }

    [Fact]
    public async Task Device_AddedPausedResumedAndRevoked_ByItsOwner()
    {
        IRenderedComponent<IComponent> page = OpenPage();
        Reads(page, "You can use the proxy");
        await Button(page, "Add a device").ClickAsync(new());
        await page.Find("#my-device-name").ChangeAsync(new() { Value = "lap top" });
        await page.Find("form.my-device").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("A device name is made of", page.Find("#my-device-name-error").TextContent, StringComparison.Ordinal));
        await page.Find("#my-device-name").ChangeAsync(new() { Value = "Läptop" });
        await page.Find("form.my-device").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("pp_dev_", page.Markup, StringComparison.Ordinal));
        await Button(page, "I saved it").ClickAsync(new());
        Assert.DoesNotContain("pp_dev_", page.Markup, StringComparison.Ordinal);

        await Button(page, "Pause alice+läptop").ClickAsync(new());
        Reads(_notes, "alice+läptop is paused");
        Reads(page, "Refused until you resume it");
        await Button(page, "Resume alice+läptop").ClickAsync(new());
        page.WaitForAssertion(() => Assert.True(Has(page, "Pause alice+läptop")));

        Task act = Button(page, "Revoke alice+läptop").ClickAsync(new());
        await AnswerAsync("Revoke device");
        await act;
        page.WaitForAssertion(() => Assert.True(Has(page, "Remove alice+läptop")));
        Assert.Equal(DeviceStatus.Revoked, Assert.Single((await Host.Get<DeviceService>().ListAsync(_alice, new DeviceQuery(UserId: _alice.Id), None)).Value.Items).Status);
    }

    [Fact]
    public async Task Device_ByLink_ShowsNoSecret()
    {
        IRenderedComponent<IComponent> page = OpenPage();
        await Button(page, "Add a device").ClickAsync(new());
        await page.Find("#my-device-name").ChangeAsync(new() { Value = "phone" });
        await Button(page, "Add with a link for the device").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("/account/pair-device?token=", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("pp_dev_", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Device_InAGroupThatApprovesAndLimits_IsAskedFor_AndSaidInPlainWords()
    {
        await AddGroupAsync(group => (group.DevicesNeedApproval, group.DeviceLimit, group.DeviceSecretsOnly) = (true, 2, true));
        IRenderedComponent<IComponent> page = OpenPage();
        Reads(page, "You may have 2 devices at a time; 0 in use");
        Reads(page, "A new device works once somebody approves it");
        Reads(page, "A device secret is needed");
        await Button(page, "Add a device").ClickAsync(new());
        await page.Find("#my-device-name").ChangeAsync(new() { Value = "laptop" });
        await page.Find("form.my-device").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Say why", page.Find("#my-device-reason-error").TextContent, StringComparison.Ordinal));
        await page.Find("#my-device-reason").ChangeAsync(new() { Value = "on the road" });
        await page.Find("form.my-device").SubmitAsync();
        Reads(page, "Refused until somebody approves it");
        Reads(page, "The device waits for approval");
        Guid id = Assert.Single((await Host.Get<DeviceService>().ListAsync(_alice, new DeviceQuery(UserId: _alice.Id), None)).Value.Items).Id;
        await Host.Get<DeviceDecisionService>().DeclineAsync(Administrator, id, "use the one you have", None);
        Reads(OpenPage(), "The request was declined: use the one you have");
    }

    [Fact]
    public async Task Device_PausedByTheDesk_HasNoResume()
    {
        Guid id = (await Host.Get<DeviceService>().CreateAsync(Administrator, _alice.Id!.Value, new DeviceInput { Name = "laptop" }, None)).Value.Id;
        await Host.Get<DeviceDecisionService>().PauseAsync(Administrator, id, None);
        IRenderedComponent<IComponent> page = OpenPage();
        Reads(page, "only they can resume it");
        Assert.False(Has(page, "Resume alice+laptop"));
    }

    [Fact]
    public async Task Attempts_AreOnesOwn_WithTheTrueReasonAndWhatHelps()
    {
        Actor bob = await Host.AddPersonAsync("bob", PortalRole.None);
        var events = Host.Get<VerificationEvents>();
        events.Record(Time.GetUtcNow(), Recording.User("alice", _alice.Id), reason: RejectionReason.SupersededSecret, source: IPAddress.Parse("198.51.100.7"));
        events.Record(Time.GetUtcNow(), Recording.User("bob", bob.Id), reason: RejectionReason.AccountSuspended, source: IPAddress.Parse("203.0.113.9"));
        await Host.Get<EventWriter>().FlushAsync(all: true, None);
        IRenderedComponent<IComponent> page = OpenPage();
        Reads(page, "An old password");
        Reads(page, "from 198.51.100.7");
        Assert.Equal("/help/407/credential.superseded", Button(page, "More about this: An old password").GetAttribute("href"));
        ReadsNot(page, "203.0.113.9");
    }

    [Fact]
    public async Task Sessions_AreEndedByTheirOwner_AndNobodyElsesAreReached()
    {
        Actor bob = await Host.AddPersonAsync("bob", PortalRole.None);
        SignInSession[] sessions = [NewSession(_alice.Id!.Value), NewSession(bob.Id!.Value)];
        await Host.AddRowAsync(sessions);
        IRenderedComponent<IComponent> page = OpenPage();
        await Button(page, "End the session of Firefox on Linux from 192.0.2.7").ClickAsync(new());
        Reads(_notes, "Signed out there");
        Assert.Equal(AccessControl.Forbidden, (await Host.Get<UserSessionService>().EndAsync(_alice, bob.Id!.Value, sessions[1].Id, None)).Error);
        Assert.True((await Host.Get<UserSessionService>().EndAsync(_alice, _alice.Id!.Value, sessions[1].Id, None)).Succeeded);
        await using PortalDbContext db = await Host.OpenAsync();
        Assert.Equal(sessions[1].Id, (await db.SignInSessions.SingleAsync(None)).Id);
    }

    [Fact]
    public void Page_ForAGermanBrowser_IsGerman()
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            IRenderedComponent<IComponent> page = OpenPage();
            Assert.Contains("Sie können den Proxy benutzen", TextOf(page), StringComparison.Ordinal);
            Assert.Contains("Ihr Zugang hat kein Enddatum.", TextOf(page), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private IRenderedComponent<IComponent> OpenPage()
    {
        _dialogs = Render<MudDialogProvider>();
        _notes = Render<MudSnackbarProvider>();
        return (IRenderedComponent<IComponent>)Show<MyAccessPage>();
    }

    private Task AnswerAsync(string button)
    {
        _dialogs.WaitForAssertion(() => Assert.True(Has(_dialogs, button)));
        return Button(_dialogs, button).ClickAsync(new());
    }

    private SignInSession NewSession(Guid user) => new()
    {
        UserId = user,
        KeyDigest = Guid.CreateVersion7().ToByteArray(),
        Stage = SignInStage.Full,
        SecurityStamp = StampOf(user),
        CreatedAt = Time.GetUtcNow(),
        ProvedAt = Time.GetUtcNow(),
        LastSeenAt = Time.GetUtcNow(),
        ExpiresAt = Time.GetUtcNow().AddHours(1),
        Address = "192.0.2.7",
        Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    };

    private string StampOf(Guid user)
    {
        using PortalDbContext db = Ask(Host.OpenAsync);
        return db.Users.Single(row => row.Id == user).SecurityStamp ?? "";
    }

    private async Task AddGroupAsync(Action<Group> adjust)
    {
        await using PortalDbContext db = await Host.OpenAsync();
        var group = new Group { Name = $"group-{Guid.CreateVersion7():N}" };
        adjust(group);
        group.Users.Add(await db.Users.SingleAsync(user => user.Id == _alice.Id, None));
        db.Groups.Add(group);
        await db.SaveChangesAsync(None);
    }
}
