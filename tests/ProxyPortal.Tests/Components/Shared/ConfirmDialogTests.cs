using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

[Trait("Database", "None")]
public sealed class ConfirmDialogTests : PortalComponentTest
{
    private static readonly Confirmation Suspend = new("Suspend alice?", "alice is refused at every proxy from now on.", "Suspend user", IsDangerous: true);

    [Fact]
    public async Task Dialog_SaysWhatWillHappen_AndConfirms()
    {
        var (dialogs, answer) = Ask(Suspend);

        Assert.Equal("Suspend alice?", dialogs.Find("h2").TextContent);
        Assert.Contains("refused at every proxy", dialogs.Find("p").TextContent, StringComparison.Ordinal);
        await dialogs.Find(".pp-button-danger").ClickAsync(new());

        Assert.True(await answer);
    }

    [Fact]
    public async Task Cancel_LeavesThingsAsTheyAre()
    {
        var (dialogs, answer) = Ask(Suspend);

        await dialogs.FindAll("button").First(button => TextOf(button) == "Cancel").ClickAsync(new());

        Assert.False(await answer);
    }

    [Fact]
    public async Task TypeToConfirm_WaitsForTheExactName()
    {
        var (dialogs, answer) = Ask(Suspend with { TypeToConfirm = "alice+laptop" });
        Assert.True(dialogs.Find(".pp-button-danger").HasAttribute("disabled"));

        await dialogs.Find("input").InputAsync("Alice+laptop");
        Assert.True(dialogs.Find(".pp-button-danger").HasAttribute("disabled"));

        await dialogs.Find("input").InputAsync("alice+laptop ");
        await dialogs.Find(".pp-button-danger").ClickAsync(new());
        Assert.True(await answer);
    }

    private (IRenderedComponent<MudDialogProvider> Dialogs, Task<bool> Answer) Ask(Confirmation ask)
    {
        var provider = Render<MudDialogProvider>();
        Task<bool>? answer = null;
        provider.InvokeAsync(() => { answer = Services.GetRequiredService<IDialogService>().ConfirmAsync(ask); });
        provider.WaitForElement(".mud-dialog");
        return (provider, answer!);
    }
}
