using Bunit;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Tests.Components;
using ProxyPortal.Tests.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Users;

public sealed class UserPageTests : PortalPageTest
{
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private IRenderedComponent<MudSnackbarProvider> _notes = null!;
    private CreatedUser _alice = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _alice = await Host.AddUserAsync("alice", input => input with { DisplayName = "Alice Abel", Email = "alice@example.test" });
        await Host.SetPasswordAsync(_alice.Id);
    }

    [Fact]
    public async Task Detail_ShowsDevicesByLoginNameAndHistory()
    {
        await Host.AddRowAsync(new Device { UserId = _alice.Id, Name = "laptop", SecretDigest = new byte[32], State = DeviceState.Approved, SecretIssuedAt = Time.GetUtcNow() });
        IRenderedComponent<UserPage> page = Open();

        Assert.Contains("alice+laptop", TextOf(page));
        Assert.Contains("User added", TextOf(page));
        Assert.Equal(PortalUrls.Audit(target: _alice.Id), Button(page, "All entries").GetAttribute("href"));
    }

    [Fact]
    public async Task Suspend_Confirmed_SaysHowLongAProxyMayRemember_AndCanBeUndone()
    {
        IRenderedComponent<UserPage> page = Open();
        Task act = Button(page, "Suspend").ClickAsync(new());
        Reads(_dialogs, "refused at the very next check");
        Reads(_dialogs, "for up to 30 seconds");
        await AnswerAsync("Suspend user");
        await act;

        Assert.Contains("Suspended", TextOf(page));
        Assert.True(Has(page, "Resume"));
        Reads(_notes, "alice suspended");

        await Button(_notes, "Undo").ClickAsync(new());
        page.WaitForAssertion(() => Assert.True(Has(page, "Suspend")));
    }

    [Fact]
    public async Task Suspend_Cancelled_ChangesNothing()
    {
        IRenderedComponent<UserPage> page = Open();
        Task act = Button(page, "Suspend").ClickAsync(new());
        await AnswerAsync("Cancel");
        await act;
        Assert.Null((await DetailAsync()).SuspendedAt);
    }

    [Fact]
    public async Task Delete_Confirmed_OffersToRestore()
    {
        IRenderedComponent<UserPage> page = Open();
        Task act = Button(page, "Delete").ClickAsync(new());
        await AnswerAsync("Delete user");
        await act;
        Assert.Contains("In the bin", TextOf(page));

        await Button(page, "Restore user").ClickAsync(new());
        Assert.Null((await DetailAsync()).DeletedAt);
    }

    [Fact]
    public async Task PasswordLink_Confirmed_IsShownOnce()
    {
        IRenderedComponent<UserPage> page = Open();
        Task act = Button(page, "New password link").ClickAsync(new());
        Reads(_dialogs, "Earlier links stop working. The present password stays valid until the new link is used.");
        await AnswerAsync("Create link");
        await act;
        Assert.Contains("token=", TextOf(page));

        await Button(page, "I saved it").ClickAsync(new());
        Assert.DoesNotContain("token=", page.Markup);
    }

    [Fact]
    public async Task Edit_Saved_ShowsTheNewState()
    {
        IRenderedComponent<UserPage> page = Open();
        await Button(page, "Edit").ClickAsync(new());
        await page.Find("#user-displayName").ChangeAsync(new() { Value = "Alice Baker" });
        await page.Find("form").SubmitAsync();

        Assert.Equal("Alice Baker", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Edit_WrongMail_SaysSoAtTheField()
    {
        IRenderedComponent<UserPage> page = Open();
        await Button(page, "Edit").ClickAsync(new());
        await page.Find("#user-email").ChangeAsync(new() { Value = "nonsense" });
        await page.Find("form").SubmitAsync();

        Assert.Contains("one mail address", page.Find("#user-email-error").TextContent);
        Assert.Equal("true", page.Find("#user-email").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Edit_ChangedMeanwhile_KeepsTheInputAndLetsDecide()
    {
        IRenderedComponent<UserPage> page = Open();
        await Button(page, "Edit").ClickAsync(new());
        UserDetail now = await DetailAsync();
        await Host.Users.ChangeAsync(Host.Admin, _alice.Id, new UserInput { DisplayName = "Somebody Else" }, now.Version, CancellationToken.None);
        await page.Find("#user-displayName").ChangeAsync(new() { Value = "Mine" });
        await page.Find("form").SubmitAsync();

        Assert.Contains("Someone else changed alice meanwhile", TextOf(page));
        Assert.Contains("Somebody Else", TextOf(page));
        Assert.Equal("Mine", page.Find("#user-displayName").GetAttribute("value"));

        await Button(page, "Save my input over it").ClickAsync(new());
        Assert.Equal("Mine", (await DetailAsync()).DisplayName);
    }

    [Fact]
    public async Task Role_OfTheLastAdministrator_IsRefusedAtTheField()
    {
        IRenderedComponent<UserPage> page = Open(Host.Admin.Id);
        await Button(page, "Edit").ClickAsync(new());
        await page.Find("#user-role").ChangeAsync(new() { Value = nameof(PortalRole.None) });
        await page.Find("form").SubmitAsync();

        Assert.Contains("last administrator", page.Find("#user-role-error").TextContent);
    }

    [Fact]
    public async Task Save_DatabaseBusy_SaysTryAgainAndKeepsTheInput()
    {
        IRenderedComponent<UserPage> page = Open();
        await Button(page, "Edit").ClickAsync(new());
        await page.Find("#user-displayName").ChangeAsync(new() { Value = "Mine" });
        await using (PortalDbContext other = await Host.OpenAsync())
        {
            await OtherProgram.HoldUsersAsync(other, CancellationToken.None);
            await page.Find("form").SubmitAsync();
        }

        Reads(_notes, "The database is busy. Nothing was changed; try again.");
        Assert.Equal("Mine", page.Find("#user-displayName").GetAttribute("value"));
    }

    [Fact]
    public void Detail_Operator_MaySuspendUsersButNotTouchAdministrators()
    {
        SignIn(new Actor(Guid.CreateVersion7(), "otto", PortalRole.Operator, null));
        IRenderedComponent<UserPage> user = Open();
        Assert.True(Has(user, "Suspend"));
        Assert.False(Has(user, "Edit"));
        Assert.DoesNotContain("History", TextOf(user));

        Assert.False(Has(Open(Host.Admin.Id), "Suspend"));
    }

    [Fact]
    public void Detail_MissingAndForbidden_LookAlike()
    {
        string missing = TextOf(Open(Guid.CreateVersion7()));
        SignIn(new Actor(Guid.CreateVersion7(), "nobody", PortalRole.None, null));
        Assert.Equal(missing, TextOf(Open()));
        Assert.Contains("Not available to you", missing);
    }

    // The dialog comes a moment after the click that asks for it.
    private Task AnswerAsync(string button)
    {
        _dialogs.WaitForAssertion(() => Assert.True(Has(_dialogs, button)));
        return Button(_dialogs, button).ClickAsync(new());
    }

    private async Task<UserDetail> DetailAsync() => (await Host.Users.GetAsync(Host.Admin, _alice.Id, CancellationToken.None)).Value;

    private IRenderedComponent<UserPage> Open(Guid? id = null)
    {
        _dialogs = Render<MudDialogProvider>();
        _notes = Render<MudSnackbarProvider>();
        return Show<UserPage>(page => page.Add(user => user.Id, id ?? _alice.Id));
    }
}
