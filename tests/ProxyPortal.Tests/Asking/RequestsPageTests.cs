using Bunit;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Asking;
using ProxyPortal.Groups;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Asking;

public sealed class RequestsPageTests : PortalPageTest
{
    private readonly Group _lab = new() { Name = "lab", MayBeAskedFor = true };
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private IRenderedComponent<MudSnackbarProvider> _notes = null!;

    private GroupRequestService Own => Host.Get<GroupRequestService>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Host.AddRowAsync(_lab);
        _dialogs = Render<MudDialogProvider>();
        _notes = Render<MudSnackbarProvider>();
    }

    [Fact]
    public void Queue_WithoutRequests_TeachesWhereTheyComeFrom()
    {
        IRenderedComponent<RequestsPage> page = Show<RequestsPage>();
        Reads(page, "Nothing waits");
        Reads(page, "groups that are marked as open to it");
        Assert.False(Has(page, "Invite by mail"));
    }

    [Fact]
    public async Task Requests_ChosenTogether_AreAccepted_AndOneDeclinedWithItsReason()
    {
        Actor[] askers = [await AskAsync("alice"), await AskAsync("bob"), await AskAsync("carl")];
        IRenderedComponent<RequestsPage> page = Show<RequestsPage>();
        Reads(page, "3 requests");
        Reads(page, "the new oscilloscope");

        Task decline = Button(page, "Decline the request of carl").ClickAsync(new());
        _dialogs.WaitForAssertion(() => Assert.NotNull(_dialogs.Find("#reason")));
        await Button(_dialogs, "Decline").ClickAsync(new());
        Reads(_dialogs, "Say why");
        await _dialogs.Find("#reason").InputAsync(new() { Value = "no room" });
        await Button(_dialogs, "Decline").ClickAsync(new());
        await decline;
        Reads(_notes, "The request of carl declined");

        foreach (string login in (string[])["alice", "bob"])
            await page.Find($"[aria-label='Choose the request of {login}']").ChangeAsync(new() { Value = true });
        Task accept = Button(page, "Accept 2").ClickAsync(new());
        _dialogs.WaitForAssertion(() => Assert.NotNull(_dialogs.Find("#reason")));
        await Button(_dialogs, "Accept").ClickAsync(new());
        await accept;
        Reads(_notes, "2 requests accepted");
        Reads(page, "Nothing waits");
        Assert.Equal([RequestStatus.Accepted, RequestStatus.Accepted, RequestStatus.Declined],
            await Task.WhenAll(askers.Select(async actor => (await Own.ListOwnAsync(actor, None)).Value.Requests.Single().Status)));
    }

    [Fact]
    public async Task Request_WithdrawnMeanwhile_IsSaidByName()
    {
        Actor alice = await AskAsync("alice");
        IRenderedComponent<RequestsPage> page = Show<RequestsPage>();
        await Own.WithdrawAsync(alice, (await Own.ListOwnAsync(alice, None)).Value.Requests.Single().Id, None);
        Task accept = Button(page, "Accept the request of alice").ClickAsync(new());
        _dialogs.WaitForAssertion(() => Assert.NotNull(_dialogs.Find("#reason")));
        await Button(_dialogs, "Accept").ClickAsync(new());
        await accept;
        Reads(_notes, "alice: ");
        Reads(page, "Nothing waits");
    }

    [Fact]
    public async Task Reader_WhoDecidesNothing_SeesNoButtons_AndAStrangerNothing()
    {
        await AskAsync("alice");
        SignIn(await Host.AddPersonAsync("audrey", PortalRole.Auditor));
        IRenderedComponent<RequestsPage> page = Show<RequestsPage>();
        Reads(page, "alice");
        Assert.False(Has(page, "Accept the request of alice"));
        Assert.Empty(page.FindAll("input[type=checkbox]"));

        SignIn(await Host.AddPersonAsync("nobody", PortalRole.None));
        Reads(Show<RequestsPage>(), "Not available to you");
    }

    private async Task<Actor> AskAsync(string userId)
    {
        Actor actor = await Host.AddPersonAsync(userId, PortalRole.None);
        Assert.True((await Own.AskAsync(actor, _lab.Id, "the new oscilloscope", 7, None)).Succeeded);
        return actor;
    }
}
