using Bunit;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Http;
using ProxyPortal.Groups;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Groups;

public sealed class GroupPageTests : PortalPageTest
{
    private GroupService Groups => Host.Get<GroupService>();

    private GroupMemberService Members => Host.Get<GroupMemberService>();

    [Fact]
    public void List_WithoutGroups_TeachesWhatAGroupIs()
    {
        IRenderedComponent<GroupsPage> page = Show<GroupsPage>();

        Reads(page, "Without groups everyone may use every endpoint");
        Assert.Equal(PortalUrls.NewGroup, Button(page, "Add your first group").GetAttribute("href"));
    }

    [Fact]
    public async Task New_IsCreatedAndOpened_FaultsStandAtTheirFields()
    {
        await AddProxyAsync();
        IRenderedComponent<NewGroupPage> page = Show<NewGroupPage>();
        Type(page, "Name", "Staff");
        Press(page, "Add group");
        ReadsAt(page, "Name", "small letters");
        Type(page, "Name", "staff");
        Type(page, "Devices at once", "many");
        Press(page, "Add group");
        ReadsAt(page, "Devices at once", "whole number");
        Type(page, "Devices at once", "2");
        Type(page, "Source networks", "192.0.2.0/24\n2001:db8::/32");
        page.FindAll("label").Single(label => label.TextContent.Trim() == "hq").QuerySelector("input")!.Change(true);
        Press(page, "Add group");

        page.WaitForAssertion(() => Assert.StartsWith("/groups/0", Path, StringComparison.Ordinal));
        GroupDetail group = (await Groups.GetAsync(Administrator, Guid.Parse(Path["/groups/".Length..]), None)).Value;
        Assert.Equal((2, "hq"), (group.Fields.DeviceLimit!.Value, group.Fields.Endpoints.Single()));
        Assert.Equal(["192.0.2.0/24", "2001:db8::/32"], group.Fields.Networks);
    }

    [Fact]
    public void Schemes_ThatCannotBeVerified_AreShownAndCannotBeChosen()
    {
        IRenderedComponent<NewGroupPage> page = Show<NewGroupPage>();
        page.FindAll("label").Single(label => label.TextContent.Trim() == "Limit the schemes of members").QuerySelector("input")!.Change(true);

        foreach ((AuthSchemes scheme, string name) in AuthScheme.All)
        {
            AngleSharp.Dom.IElement label = page.FindAll("fieldset label").Single(element => element.QuerySelector(".name")?.TextContent == name);
            Assert.Equal((name, !AuthScheme.Verifiable.HasFlag(scheme)), (name, label.QuerySelector("input")!.HasAttribute("disabled")));
        }
        Reads(page, "Not verified yet");
    }

    [Fact]
    public async Task Edit_SomeoneElseSavedMeanwhile_NothingIsLostAndOneDecides()
    {
        GroupDetail group = await AddAsync("staff");
        IRenderedComponent<IComponent> page = Open<GroupPage>((nameof(GroupPage.Id), group.Id));
        Press(page, "Edit");
        Type(page, "Description", "mine");
        await Groups.ChangeAsync(Administrator, group.Id, group.Fields with { Description = "theirs", DeviceLimit = 4 }, group.Version, None);
        Press(page, "Save changes");

        Reads(page, "Someone else changed staff meanwhile");
        Reads(page, "Descriptiontheirsmine");
        Press(page, "Save my input over it");
        page.WaitForAssertion(() => Assert.False(Has(page, "Save changes")));
        Assert.Equal("mine", (await Groups.GetAsync(Administrator, group.Id, None)).Value.Fields.Description);
    }

    [Fact]
    public async Task Members_AreAddedBySearchAndTakenOut()
    {
        GroupDetail group = await AddAsync("staff");
        await Host.AddUserAsync("alice");
        await Host.AddUserAsync("bob");
        IRenderedComponent<IComponent> page = Open<GroupPage>((nameof(GroupPage.Id), group.Id));
        Reads(page, "Nobody is in this group");
        Press(page, "Add members");
        page.WaitForAssertion(() => Assert.True(Has(page, "Add bob")));
        Type(page, "Find users", "ali");
        page.WaitForAssertion(() => Assert.False(Has(page, "Add bob")));
        Press(page, "Add alice");
        Reads(page, "1 added");
        Press(page, "Done");
        page.WaitForAssertion(() => Assert.True(Has(page, "Take out alice")));
        Press(page, "Take out alice");
        Reads(page, "Nobody is in this group");
    }

    [Fact]
    public async Task Delete_SaysWhoLosesItsRules_AndAsksForTheName()
    {
        GroupDetail group = await AddAsync("staff");
        await Members.AddAsync(Administrator, group.Id, [(await Host.AddUserAsync("alice")).Id], None);
        IRenderedComponent<IComponent> page = Open<GroupPage>((nameof(GroupPage.Id), group.Id));
        Button(page, "Delete").Click();
        Reads(page, "1 of them is in no other group and may then use every endpoint");
        Assert.True(Button(page, "Delete group").HasAttribute("disabled"));
        Type(page, "Type staff to confirm", "staff");
        Press(page, "Delete group");
        page.WaitForAssertion(() => Assert.Equal(PortalUrls.Groups, Path));
    }

    [Fact]
    public async Task Operator_SeesAGroupAndNoButtonThatChangesIt()
    {
        GroupDetail group = await AddAsync("staff");
        SignIn(await Host.AddPersonAsync("helper", PortalRole.Operator));
        IRenderedComponent<IComponent> page = Open<GroupPage>((nameof(GroupPage.Id), group.Id));

        Reads(page, "Effective policy");
        Assert.False(Has(page, "Edit") || Has(page, "Delete") || Has(page, "Add members"));
    }

    private async Task<GroupDetail> AddAsync(string name) =>
        (await Groups.GetAsync(Administrator, (await Groups.CreateAsync(Administrator, new GroupInput { Name = name }, None)).Value, None)).Value;
}
