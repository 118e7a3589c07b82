using Bunit;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Groups;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using ProxyPortal.Users.Jobs;
using Xunit;

namespace ProxyPortal.Tests.Users.Bulk;

public sealed class UserBulkPageTests : PortalPageTest
{
    [Fact]
    public async Task Change_OfTickedUsers_ShowsThePreviewThenTheResultAndUndoes()
    {
        await Host.AddUserAsync("alice");
        await Host.AddUserAsync("bob");
        IRenderedComponent<IComponent> page = Open<UsersPage>();
        Tick(page, "Select alice");
        Tick(page, "Select bob");
        Reads(page, "2 selected");
        Press(page, "Change selected");
        Reads(page, "Change 2 users");
        page.Find("#bulk-action").Change("Suspend");
        Press(page, "Preview");
        Reads(page, "2 of 2 users will change.");
        Reads(page, "alice, bob");
        Press(page, "Suspend 2 users");
        await AwaitJobAsync(page, "2 done");
        Assert.Equal(UserStatus.Suspended, await StatusAsync("alice"));

        Press(page, "Undo");
        await AwaitJobAsync(page, "Undo: Suspend 2 users");
        await AwaitJobAsync(page, "2 done");
        Assert.Equal(UserStatus.NoCredential, await StatusAsync("alice"));
    }

    [Fact]
    public async Task Everyone_ThatMatches_IsMoreThanThePage()
    {
        for (int i = 0; i < 30; i++)
            await Host.AddUserAsync($"user{i:00}");
        GoTo(PortalUrls.Users("user"));
        IRenderedComponent<IComponent> page = Open<UsersPage>();
        Tick(page, "Select all on this page");
        Reads(page, "25 selected");
        Press(page, "Select all 30 that match");
        Reads(page, "All 30 that match are selected");
        Press(page, "Change selected");
        page.Find("#bulk-action").Change("AddTag");
        Type(page, "Tag", "Class 7");
        Press(page, "Preview");
        Reads(page, "30 of 30 users will change.");
        Reads(page, "user00, user01");
        Reads(page, "and 20 more");
    }

    [Fact]
    public async Task Dialog_WithoutItsValue_SaysSoAtTheField()
    {
        await Host.AddRowAsync(new Group { Name = "staff" });
        await Host.AddUserAsync("alice");
        IRenderedComponent<IComponent> page = Open<UsersPage>();
        Tick(page, "Select alice");
        Press(page, "Change selected");
        page.Find("#bulk-action").Change("MoveToGroup");
        Press(page, "Preview");
        ReadsAt(page, "Group", "Choose one of the groups.");
    }

    [Fact]
    public async Task Selection_GoesWithTheFilterItWasMadeIn()
    {
        await Host.AddUserAsync("alice");
        IRenderedComponent<IComponent> page = Open<UsersPage>();
        Tick(page, "Select alice");
        GoTo(PortalUrls.Users(tag: "blue"));
        ReadsNot(page, "1 selected");
    }

    [Fact]
    public async Task Auditor_TicksNothing_OperatorIsOfferedHelpOnly()
    {
        await Host.AddUserAsync("alice");
        SignIn(await Host.AddPersonAsync("auditor", PortalRole.Auditor));
        Assert.Empty(Open<UsersPage>().FindAll(".user-tick"));
        SignIn(await Host.AddPersonAsync("helper", PortalRole.Operator));
        IRenderedComponent<IComponent> page = Open<UsersPage>();
        Tick(page, "Select alice");
        Press(page, "Change selected");
        Assert.Equal("Suspend Resume Require new secret", string.Join(' ', page.FindAll("#bulk-action option").Select(TextOf)));
    }

    private static void Tick(IRenderedComponent<IComponent> page, string label) => page.Find($"input[aria-label='{label}']").Change(true);

    private async Task AwaitJobAsync(IRenderedComponent<IComponent> page, string text)
    {
        // Until the job is there, and the panel that looks at it has set its timer.
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindComponents<UserJobPanel>()));
        await page.InvokeAsync(() => { });
        await Task.WhenAll(Host.Get<UserJobs>().Of(Administrator).Select(job => job.Completion));
        Time.Advance(TimeSpan.FromSeconds(1));
        Reads(page, text);
    }

    private async Task<UserStatus> StatusAsync(string user) => (await Host.Users.GetAsync(Administrator, user, None)).Value.Status;
}
