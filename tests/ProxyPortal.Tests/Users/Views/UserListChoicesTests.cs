using Bunit;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using ProxyPortal.Users.Views;
using Xunit;

namespace ProxyPortal.Tests.Users.Views;

public sealed class UserListChoicesTests : PortalPageTest
{
    private static readonly UserListView Suspended = UserListView.Read("ali", "suspended", "lastSeen", "true", "3", null);

    [Fact]
    public void Saved_ComesBackFromTheFirstPage_AndTheSameNameIsReplaced()
    {
        UserListChoices read = UserListChoices.Read(UserListChoices.None.With("b", Suspended).With("a", Suspended).With("b", Suspended with { Search = null }).Showing("tags", true).Write());
        Assert.Equal(["a", "b"], read.Views.Select(saved => saved.Name));
        Assert.Equal([PortalUrls.Users("ali", "suspended", "lastSeen", true), PortalUrls.Users(null, "suspended", "lastSeen", true)], read.Views.Select(saved => saved.Url));
        Assert.Equal(["name", "status", "validUntil", "groups", "tags", "lastSeen"], read.Columns!);
        Assert.Equal(["a"], read.Without("b").Views.Select(saved => saved.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"views":null,"columns":null}""")]
    [InlineData("""{"views":[null,{"name":"","url":"/users"},{"name":"x","url":"https://evil.test/users"},{"name":"x","url":"/usersx"},{"name":"x","url":"javascript:alert(1)"},{"name":"x"}]}""")]
    public void WhatIsNoView_IsLeftOut(string? text)
    {
        UserListChoices read = UserListChoices.Read(text);
        Assert.Empty(read.Views);
        Assert.True(read.Shows("status"));
        Assert.False(read.Shows("email"));
    }

    [Fact]
    public async Task Page_SavesAViewInTheBrowser_AndChoosesColumns()
    {
        await Host.AddUserAsync("alice", input => input with { Email = "alice@example.test" });
        GoTo(PortalUrls.Users("alice"));
        IRenderedComponent<UsersPage> page = Show<UsersPage>();
        page.Find("#view-name").Change("Mine");
        await page.Find("#view-name").Closest("form")!.SubmitAsync();

        Assert.Equal(PortalUrls.Users("alice"), page.FindAll(".menu a").Single(link => TextOf(link) == "Mine").GetAttribute("href"));
        Assert.Contains("Mine", JSInterop.Invocations["localStorage.setItem"][^1].Arguments[1]!.ToString(), StringComparison.Ordinal);

        Assert.DoesNotContain("alice@example.test", TextOf(page));
        page.FindAll(".column").Single(label => TextOf(label) == "Mail").QuerySelector("input")!.Change(true);
        Assert.Contains("alice@example.test", TextOf(page));
        Assert.Contains("email", JSInterop.Invocations["localStorage.setItem"][^1].Arguments[1]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ShowsWhatTheBrowserKept()
    {
        await Host.AddUserAsync("alice", input => input with { Tags = ["blue"] });
        JSInterop.Setup<string?>("localStorage.getItem", $"pp-users-{Administrator.Id:N}").SetResult(UserListChoices.None.With("Held", Suspended).Showing("tags", true).Write());
        IRenderedComponent<UsersPage> page = Show<UsersPage>();
        page.WaitForAssertion(() => Assert.Contains("blue", TextOf(page)));
        Assert.Contains(page.FindAll(".menu a"), link => TextOf(link) == "Held");
    }

    [Fact]
    public void Name_IsNeeded()
    {
        IRenderedComponent<UsersPage> page = Show<UsersPage>();
        page.Find("#view-name").Closest("form")!.Submit();
        Assert.Contains("Give the view a name.", TextOf(page));
    }
}
