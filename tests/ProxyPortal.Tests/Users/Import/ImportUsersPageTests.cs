using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using ProxyPortal.Users.Import;
using ProxyPortal.Users.Jobs;
using Xunit;

namespace ProxyPortal.Tests.Users.Import;

public sealed class ImportUsersPageTests : PortalPageTest
{
    [Fact]
    public async Task Csv_MapsShowsAndImports()
    {
        IRenderedComponent<ImportUsersPage> page = Show<ImportUsersPage>();
        Upload(page, "User Name,Wohnort\nalice,Alice\nbob,Bob\n");
        Reads(page, "2 rows: 2 added, 0 updated, 0 left as they are.");
        await page.Find("#column-1").ChangeAsync("displayName");
        page.WaitForAssertion(() => Assert.Equal("2 alice Alice  Added", string.Join(' ', page.Find("tbody tr").Children.Select(TextOf))));
        Press(page, "Import 2 users");
        // Until the job is there, and the panel that looks at it has set its timer.
        page.WaitForAssertion(() => Assert.Single(page.FindComponents<UserJobPanel>()));
        await page.InvokeAsync(() => { });
        await Assert.Single(Host.Get<UserJobs>().Of(Administrator)).Completion;
        Time.Advance(TimeSpan.FromSeconds(1));
        Reads(page, "2 done");
        Assert.Equal("Alice", (await Host.Users.GetAsync(Administrator, "alice", None)).Value.DisplayName);
    }

    [Fact]
    public void Faults_AreNamedByLineAndColumn_AndKeepTheButtonClosed()
    {
        IRenderedComponent<ImportUsersPage> page = Show<ImportUsersPage>();
        Upload(page, "userId,email\nalice,a@example.test\nbob,nobody\n");
        Reads(page, "1 fault");
        Assert.StartsWith("3 email Give one mail address", string.Join(' ', page.Find("tbody tr").Children.Select(TextOf)), StringComparison.Ordinal);
        Assert.True(Button(page, "Import 1 user").HasAttribute("disabled"));
        page.Find(".skip input").Change(true);
        Assert.False(Button(page, "Import 1 user").HasAttribute("disabled"));
    }

    [Fact]
    public void FileOfAnotherKind_AndOneThatIsTooLarge_AreRefusedInWords()
    {
        IRenderedComponent<ImportUsersPage> page = Show<ImportUsersPage>();
        Upload(page, "PK\u0003\u0004", "../../wwwroot/users.csv");
        Reads(page, "This is no text file, whatever its name says.");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[ImportText.MaxBytes + 1], "users.csv"));
        Reads(page, "The file is larger than 16 MB");
    }

    [Fact]
    public async Task Operator_IsToldThatThisIsNotForThem()
    {
        SignIn(await Host.AddPersonAsync("helper", PortalRole.Operator));
        Assert.Empty(Show<ImportUsersPage>().FindAll("input"));
    }

    private static void Upload(IRenderedComponent<ImportUsersPage> page, string text, string name = "users.csv") =>
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, name));
}
