using Bunit;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Users;

public sealed class NewUserPageTests : PortalPageTest
{
    [Fact]
    public async Task Add_ValidInput_ShowsTheLinkOnceWithQrCodeAndEnd()
    {
        IRenderedComponent<NewUserPage> page = Show<NewUserPage>();
        await page.Find("#user-userId").ChangeAsync(new() { Value = "alice" });
        await page.Find("form").SubmitAsync();

        Assert.Contains("alice added", TextOf(page));
        Assert.Contains("/account/set-password?token=", TextOf(page));
        Assert.Equal("QR code of the password link of alice", page.Find("svg.qr").GetAttribute("aria-label"));
        Assert.Contains("4 Nov 2026", TextOf(page));

        await Button(page, "I saved it").ClickAsync(new());
        Assert.DoesNotContain("token=", page.Markup);
        Assert.Empty(page.FindAll("svg.qr"));
    }

    [Fact]
    public async Task Add_UserIdTaken_SaysSoAtTheFieldAndKeepsTheInput()
    {
        await Host.AddUserAsync("alice");
        IRenderedComponent<NewUserPage> page = Show<NewUserPage>();
        await page.Find("#user-userId").ChangeAsync(new() { Value = "Alice" });
        await page.Find("#user-displayName").ChangeAsync(new() { Value = "Alice Abel" });
        await page.Find("form").SubmitAsync();

        Assert.Contains("already a user alice", page.Find("#user-userId-error").TextContent);
        Assert.Equal("alert", page.Find("#user-userId-error").GetAttribute("role"));
        Assert.Equal("Alice Abel", page.Find("#user-displayName").GetAttribute("value"));
    }

    [Fact]
    public async Task Add_TenRapidClicks_AddOne()
    {
        IRenderedComponent<NewUserPage> page = Show<NewUserPage>();
        await page.Find("#user-userId").ChangeAsync(new() { Value = "alice" });
        UserForm form = page.FindComponent<UserForm>().Instance;

        await page.InvokeAsync(() => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => form.OnSubmit.InvokeAsync())));

        Assert.Equal(2, (await Host.Users.ListAsync(Host.Admin, new UserQuery(), CancellationToken.None)).Value.Total);
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void Form_WithoutTheRight_IsNotAvailable()
    {
        SignIn(new Actor(Guid.CreateVersion7(), "otto", PortalRole.Operator, null));
        Assert.Contains("Not available to you", TextOf(Show<NewUserPage>()));
    }

    [Theory]
    [InlineData("2026-07-01T12:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00Z")] // left out by the switch to summer time
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00Z")] // comes twice: the first
    public void Time_Typed_IsMeantInTheBrowsersZone(string typed, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture),
            ZonedTimeField.Read(typed, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Fact]
    public void Time_Nothing_IsNoTime() => Assert.Null(ZonedTimeField.Read("", TimeZoneInfo.Utc));
}
