using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Data;
using ProxyPortal.Settings;
using ProxyPortal.Tests.Components;
using ProxyPortal.Tests.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Settings;

public sealed class SettingsPageTests : PortalPageTest
{
    private SettingsService Settings => Services.GetRequiredService<SettingsService>();

    [Theory]
    [InlineData("Organisation name", "   ", "1 to 100 characters")]
    [InlineData("Organisation name", "a\nb", "1 to 100 characters")]
    [InlineData("Public URL", "portal", "without a path")]
    [InlineData("Public URL", "https://portal.example.test/path", "without a path")]
    [InlineData("Public URL", "javascript:alert(1)", "without a path")]
    [InlineData("Public URL", "https://user@portal.example.test", "without a path")]
    [InlineData("Public URL", "", "without a path")]
    public void BadInput_IsToldAtItsField_AndChangesNothing(string field, string value, string message)
    {
        EffectiveSettings before = Settings.Current;
        var page = Open<SettingsPage>();
        Type(page, field, value);

        Press(page, "Save changes");

        ReadsAt(page, field, message);
        Assert.Equal(before, Settings.Current);
    }

    [Fact]
    public void GoodInput_IsSavedWithoutItsBlanks()
    {
        var page = Open<SettingsPage>();
        Type(page, "Organisation name", "Example AG ");
        Type(page, "Public URL", " https://portal.example.test/ ");

        Press(page, "Save changes");

        page.WaitForAssertion(() => Assert.Equal(new EffectiveSettings("Example AG", "https://portal.example.test", false), Settings.Current));
    }

    [Fact]
    public void MovingAway_FromTheAddressOneIsAt_IsConfirmedFirst()
    {
        var navigation = (Bunit.TestDoubles.BunitNavigationManager)Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("http://old.example.test/settings");
        var page = Open<SettingsPage>();
        if (new Uri(navigation.BaseUri).IsLoopback)
            Assert.Skip("The test's own address cannot be set.");
        Type(page, "Public URL", "https://new.example.test");
        Reads(page, "This page will move.");

        Press(page, "Save changes");
        Reads(page, "Move the portal to https://new.example.test?");
        Assert.NotEqual("https://new.example.test", Settings.Current.PublicUrl);
        Press(page, "Move the portal");

        page.WaitForAssertion(() => Assert.Equal("https://new.example.test", Settings.Current.PublicUrl));
    }

    [Fact]
    public void System_IsDescribed_WithoutSecrets()
    {
        var page = Open<SettingsPage>();

        Reads(page, TestDatabase.OfTheRun is DatabaseProvider.Postgres ? "PostgreSQL" : "SQLite");
        Reads(page, "http://127.0.0.1:5081");
        Reads(page, "For proxies on this machine only");
        ReadsNot(page, "Data Source");
        ReadsNot(page, "Username");
    }

    [Fact]
    public async Task Auditor_ReadsOnly_OperatorNothing()
    {
        SignIn(await Host.AddPersonAsync("axel", PortalRole.Auditor));
        var page = Open<SettingsPage>();
        Assert.True(Field(page, "Public URL").HasAttribute("readonly"));
        ReadsNot(page, "Save changes");

        SignIn(await Host.AddPersonAsync("olga", PortalRole.Operator));
        Reads(Open<SettingsPage>(), "Not available to you");
    }
}

public sealed class FixedSettingsPageTests() : PortalPageTest(("Portal:PublicUrl", "https://fixed.example.test"))
{
    [Fact]
    public void UrlFromTheConfiguration_CannotBeChangedHere_AndSaysWhy()
    {
        var page = Open<SettingsPage>();

        Assert.True(Field(page, "Public URL").HasAttribute("readonly"));
        Assert.Equal("https://fixed.example.test", Field(page, "Public URL").GetAttribute("value"));
        Reads(page, "Fixed by Portal:PublicUrl in the configuration");
    }
}
