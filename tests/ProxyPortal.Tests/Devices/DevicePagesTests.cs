using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Devices;

public sealed class DevicePagesTests : PortalPageTest
{
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private IRenderedComponent<MudSnackbarProvider> _notes = null!;
    private CreatedUser _alice = null!;

    private DeviceService Devices => Host.Get<DeviceService>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _alice = await Host.AddUserAsync("alice", input => input with { DisplayName = "Alice Abel" });
    }

    [Fact]
    public void Registry_WithoutDevices_TeachesWhereTheyComeFrom()
    {
        IRenderedComponent<DevicesPage> page = Show<DevicesPage>();
        Assert.Contains("alice+laptop", TextOf(page));
        Assert.Equal(PortalUrls.Users(), Button(page, "Go to users").GetAttribute("href"));
    }

    [Fact]
    public async Task Registry_ListsFiltersAndCounts()
    {
        await AddAsync("laptop");
        IssuedDeviceSecret phone = await AddAsync("phone");
        await Host.Get<DeviceDecisionService>().RevokeAsync(Administrator, phone.Id, "stolen", None);
        IRenderedComponent<DevicesPage> all = Show<DevicesPage>();
        Assert.Contains("alice+laptop", TextOf(all));
        Assert.Contains("2 devices", TextOf(all));
        Assert.Equal("/devices?status=revoked", Button(all, "Revoked 1").GetAttribute("href"));

        GoTo(PortalUrls.Devices(status: "revoked", user: _alice.Id));
        IRenderedComponent<DevicesPage> revoked = Show<DevicesPage>();
        Assert.DoesNotContain("alice+laptop", TextOf(revoked));
        Assert.Equal("/devices?status=revoked", Button(revoked, "Only alice's").GetAttribute("href"));

        GoTo(PortalUrls.Devices(kind: "tablet"));
        IRenderedComponent<DevicesPage> none = Show<DevicesPage>();
        Assert.Equal(PortalUrls.Devices(), Button(none, "Clear filters").GetAttribute("href"));
    }

    [Fact]
    public void Pages_WithoutPermission_SayNothingOfTheObject()
    {
        SignIn(new Actor(Guid.CreateVersion7(), "nobody", PortalRole.None, null));
        Assert.Contains("Not available to you", TextOf(Show<DevicesPage>()));
        Assert.Contains("Not available to you", TextOf(Show<DeviceRequestsPage>()));
        Assert.Contains("Not available to you", TextOf(Show<DevicePage>(page => page.Add(device => device.Id, Guid.CreateVersion7()))));
    }

    [Fact]
    public async Task Requests_ChosenTogether_AreApproved_AndOneDeclinedWithItsReason()
    {
        IssuedDeviceSecret[] asked = [await AskAsync("one"), await AskAsync("two"), await AskAsync("three")];
        IRenderedComponent<DeviceRequestsPage> page = Open(() => Show<DeviceRequestsPage>());
        Assert.Contains("for the road", TextOf(page));

        Task decline = Button(page, "Decline alice+three").ClickAsync(new());
        await AnswerAsync("Decline");
        Reads(_dialogs, "Say why");
        await _dialogs.Find("#reason").InputAsync(new() { Value = "not ours" });
        await AnswerAsync("Decline");
        await decline;
        Reads(_notes, "alice+three declined");

        foreach (string login in (string[])["alice+one", "alice+two"])
            await page.Find($"[aria-label='Choose {login}']").ChangeAsync(new() { Value = true });
        await Button(page, "Approve 2").ClickAsync(new());
        Reads(_notes, "2 devices approved");
        Reads(page, "Nothing waits");
        Assert.Equal([DeviceStatus.Approved, DeviceStatus.Approved, DeviceStatus.Revoked], await Task.WhenAll(asked.Select(async device => (await GetAsync(device.Id)).Summary.Status)));
    }

    [Fact]
    public async Task Requests_DecidedMeanwhile_SaysWhich()
    {
        IssuedDeviceSecret one = await AskAsync("one");
        IRenderedComponent<DeviceRequestsPage> page = Open(() => Show<DeviceRequestsPage>());
        await Host.Get<DeviceDecisionService>().DeclineAsync(Administrator, one.Id, "no", None);
        await Button(page, "Approve alice+one").ClickAsync(new());
        Reads(_notes, "alice+one: This is no request that waits");
        Reads(page, "Nothing waits");
    }

    [Fact]
    public async Task Device_ShowsLastUseInWords_AndIsEdited()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        await ChangeRowAsync(laptop.Id, device => (device.LastReason, device.LastAddress, device.LastUsedAt) = (RejectionReason.SourceNotAllowed, "198.51.100.7", Time.GetUtcNow()));
        IRenderedComponent<DevicePage> page = Open(() => ShowDevice(laptop.Id));
        Assert.Contains("Address not allowed", TextOf(page));
        Assert.Contains("198.51.100.7", TextOf(page));
        Reads((IRenderedComponent<Microsoft.AspNetCore.Components.IComponent>)page, "Device added");

        await Button(page, "Edit").ClickAsync(new());
        await page.Find("#device-networks").ChangeAsync(new() { Value = "10.1/16" });
        await page.Find("form").SubmitAsync();
        Assert.Contains("A network is an address", page.Find("#device-networks-error").TextContent);
        await page.Find("#device-networks").ChangeAsync(new() { Value = "198.51.100.0/24" });
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        Assert.Equal(["198.51.100.0/24"], (await GetAsync(laptop.Id)).Networks);
    }

    [Fact]
    public async Task Device_ChangedMeanwhile_KeepsTheInput()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        IRenderedComponent<DevicePage> page = Open(() => ShowDevice(laptop.Id));
        await Button(page, "Edit").ClickAsync(new());
        await Devices.ChangeAsync(Administrator, laptop.Id, DeviceInput.Of(await GetAsync(laptop.Id)) with { Note = "theirs" }, null, None);
        await page.Find("#device-note").ChangeAsync(new() { Value = "mine" });
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Someone else changed this device meanwhile", TextOf(page)));
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        Assert.Equal("mine", (await GetAsync(laptop.Id)).Note);
    }

    [Fact]
    public async Task Device_NewSecret_IsShownOnceAndLeavesThePage()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        IRenderedComponent<DevicePage> page = Open(() => ShowDevice(laptop.Id));
        Task act = Button(page, "New secret for alice+laptop").ClickAsync(new());
        _dialogs.WaitForAssertion(() => Assert.NotEmpty(_dialogs.FindAll("#overlap")));
        await _dialogs.Find("#overlap").ChangeAsync(new() { Value = "1" });
        await AnswerAsync("Make a new secret");
        await act;
        page.WaitForAssertion(() => Assert.Contains("pp_dev_", page.Markup));
        Assert.NotNull((await GetAsync(laptop.Id)).FormerSecretUntil);
        await Button(page, "I saved it").ClickAsync(new());
        Assert.DoesNotContain("pp_dev_", page.Markup);
        Assert.DoesNotContain("pp_dev_", ShowDevice(laptop.Id).Markup);
    }

    [Fact]
    public async Task UserPage_AddsPairsAndRevokesOne()
    {
        IRenderedComponent<UserPage> page = Open(() => Show<UserPage>(parameters => parameters.Add(user => user.Id, _alice.Id)));
        Reads((IRenderedComponent<Microsoft.AspNetCore.Components.IComponent>)page, "No devices.");
        await Button(page, "Add device").ClickAsync(new());
        AwaitRead((IRenderedComponent<Microsoft.AspNetCore.Components.IComponent>)page);
        await page.Find("#device-name").ChangeAsync(new() { Value = "a+b" });
        await FormOf(page).SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("A device name is made of", page.Find("#device-name-error").TextContent));
        await page.Find("#device-name").ChangeAsync(new() { Value = "Laptop" });
        await FormOf(page).SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("pp_dev_", page.Markup));
        await Button(page, "I saved it").ClickAsync(new());
        Assert.DoesNotContain("pp_dev_", page.Markup);

        await Button(page, "Add device").ClickAsync(new());
        AwaitRead((IRenderedComponent<Microsoft.AspNetCore.Components.IComponent>)page);
        await page.Find("#device-name").ChangeAsync(new() { Value = "phone" });
        await Button(page, "Add with a pairing link").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("/account/pair-device?token=", page.Markup));
        Assert.DoesNotContain("pp_dev_", page.Markup);

        Task act = Button(page, "Revoke alice+laptop").ClickAsync(new());
        Reads(_dialogs, "other devices of alice are left alone");
        await AnswerAsync("Revoke device");
        await act;
        page.WaitForAssertion(() => Assert.True(Has(page, "Remove alice+laptop") && Has(page, "Revoke alice+phone")));
    }

    [Fact]
    public async Task UserPage_HelpDeskOnAnAdministrator_SeesNoActs()
    {
        await Devices.CreateAsync(Administrator, Administrator.Id!.Value, new DeviceInput { Name = "laptop" }, None);
        SignIn(await Host.AddPersonAsync("otto", PortalRole.Operator));
        IRenderedComponent<UserPage> theirs = Show<UserPage>(parameters => parameters.Add(user => user.Id, Administrator.Id!.Value));
        Assert.Contains("admin+laptop", TextOf(theirs));
        Assert.False(Has(theirs, "Add device") || Has(theirs, "Revoke admin+laptop"));
        Assert.True(Has(Show<UserPage>(parameters => parameters.Add(user => user.Id, _alice.Id)), "Add device"));
    }

    private static IElement FormOf(IRenderedComponent<UserPage> page) => page.Find("form.device-form");

    private IRenderedComponent<DevicePage> ShowDevice(Guid id) => Show<DevicePage>(page => page.Add(device => device.Id, id));

    private TPage Open<TPage>(Func<TPage> show)
    {
        _dialogs = Render<MudDialogProvider>();
        _notes = Render<MudSnackbarProvider>();
        return show();
    }

    // The dialog comes a moment after the click that asks for it.
    private Task AnswerAsync(string button)
    {
        _dialogs.WaitForAssertion(() => Assert.True(Has(_dialogs, button)));
        return Button(_dialogs, button).ClickAsync(new());
    }

    private async Task<IssuedDeviceSecret> AddAsync(string name) => (await Devices.CreateAsync(Administrator, _alice.Id, new DeviceInput { Name = name }, None)).Value;

    private async Task<IssuedDeviceSecret> AskAsync(string name) =>
        (await Devices.RequestAsync(Administrator, _alice.Id, new DeviceInput { Name = name, Reason = "for the road" }, None)).Value;

    private async Task<DeviceDetail> GetAsync(Guid id) => (await Devices.GetAsync(Administrator, id, None)).Value;

    private async Task ChangeRowAsync(Guid id, Action<Device> change)
    {
        await using PortalDbContext db = await Host.OpenAsync();
        change(await db.Devices.SingleAsync(device => device.Id == id));
        await db.SaveChangesAsync();
    }
}
