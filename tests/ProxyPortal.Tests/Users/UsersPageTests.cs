using Bunit;
using ProxyPortal.Access;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Users;

public sealed class UsersPageTests : PortalPageTest
{
    [Fact]
    public async Task List_SeveralStatuses_ShowsChipsAndCounts()
    {
        CreatedUser alice = await Host.AddUserAsync("alice");
        await Host.SetPasswordAsync(alice.Id);
        CreatedUser bob = await Host.AddUserAsync("bob");
        await Host.Users.SuspendAsync(Host.Admin, bob.Id, CancellationToken.None);

        IRenderedComponent<UsersPage> page = Show<UsersPage>();

        Assert.Contains("3 users", TextOf(page));
        Assert.Contains(page.FindAll("nav a"), link => TextOf(link) == "Suspended 1");
        Assert.Contains(page.FindAll("tbody tr"), row => TextOf(row).Contains("bob", StringComparison.Ordinal) && TextOf(row).Contains("Suspended", StringComparison.Ordinal));
        Assert.Contains("1–3 of 3", TextOf(page));
    }

    [Fact]
    public async Task Search_Typed_GoesIntoTheAddressAndKeepsTheFilter()
    {
        await Host.AddUserAsync("alice");
        GoTo(PortalUrls.Users(status: "noCredential"));
        IRenderedComponent<UsersPage> page = Show<UsersPage>();

        await TypeAndPauseAsync(page.Find("input[type=search]"), "ali");

        Assert.EndsWith(PortalUrls.Users("ali", "noCredential"), Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NoMatch_OffersToClearTheFilters()
    {
        await Host.AddUserAsync("alice");
        GoTo(PortalUrls.Users("nobody-at-all"));
        IRenderedComponent<UsersPage> page = Show<UsersPage>();

        Assert.Contains("No user matches these filters", TextOf(page));
        Assert.Equal(PortalUrls.Users(), Button(page, "Clear filters").GetAttribute("href"));
    }

    [Fact]
    public void List_EmptyBin_SaysSoInsteadOfNoMatch()
    {
        GoTo(PortalUrls.Users(status: "deleted"));
        Assert.Contains("The bin is empty", TextOf(Show<UsersPage>()));
    }

    [Fact]
    public async Task Restore_InTheBin_BringsTheUserBack()
    {
        CreatedUser alice = await Host.AddUserAsync("alice");
        await Host.Users.DeleteAsync(Host.Admin, alice.Id, CancellationToken.None);
        GoTo(PortalUrls.Users(status: "deleted"));
        IRenderedComponent<UsersPage> page = Show<UsersPage>();

        await Button(page, "Restore alice").ClickAsync(new());

        Assert.Contains("The bin is empty", TextOf(page));
        Assert.Null((await Host.Users.GetAsync(Host.Admin, alice.Id, CancellationToken.None)).Value.DeletedAt);
    }

    [Fact]
    public async Task Page_BeyondTheEnd_LeadsToTheLastOne()
    {
        await Host.AddUserAsync("alice");
        GoTo(PortalUrls.Users(page: 40));
        IRenderedComponent<UsersPage> page = Show<UsersPage>();
        page.WaitForAssertion(() => Assert.EndsWith(PortalUrls.Users(), Path, StringComparison.Ordinal));
    }

    [Fact]
    public void List_WithoutTheRight_IsNotAvailable()
    {
        SignIn(new Actor(Guid.CreateVersion7(), "alice", PortalRole.None, null));
        Assert.Contains("Not available to you", TextOf(Show<UsersPage>()));
    }

    [Fact]
    public void List_Auditor_HasNoAddButton()
    {
        SignIn(new Actor(Guid.CreateVersion7(), "audrey", PortalRole.Auditor, null));
        Assert.False(Has(Show<UsersPage>(), "Add user"));
    }

    [Fact]
    public async Task List_DatabaseBroken_ShowsAnIncidentAndRecoversOnRetry()
    {
        await Host.BreakAsync("users");
        IRenderedComponent<UsersPage> page = Show<UsersPage>();
        Assert.Matches("Incident [2-9A-Z]{8}", TextOf(page));
        Assert.All((string[])["SQLite", "Npgsql", "relation"], inside => Assert.DoesNotContain(inside, TextOf(page), StringComparison.OrdinalIgnoreCase));

        await Host.MendAsync("users");
        await Button(page, "Try again").ClickAsync(new());
        Assert.Contains("1 user", TextOf(page));
    }

    [Theory]
    [InlineData("userId", false, "userId", true)]
    [InlineData("userId", true, "userId", false)]
    [InlineData("userId", true, "createdAt", false)]
    public void Sorting_SameColumnAgain_Turns(string sort, bool descending, string clicked, bool expected)
    {
        UserListView view = new(null, null, sort, descending, 3, 25);
        UserListView next = view.SortedBy(clicked);
        Assert.Equal((expected, 1), (next.Descending, next.Page));
    }
}
