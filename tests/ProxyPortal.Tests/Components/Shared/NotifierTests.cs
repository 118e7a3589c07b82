using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

[Trait("Database", "None")]
public sealed class NotifierTests : PortalComponentTest
{
    [Fact]
    public async Task Done_WithUndo_TakesItBack()
    {
        bool isUndone = false;
        var snackbars = Render<MudSnackbarProvider>();
        await snackbars.InvokeAsync(() => Services.GetRequiredService<Notifier>().Done("alice suspended", () => Task.FromResult(isUndone = true)));

        Assert.Contains("alice suspended", snackbars.Markup, StringComparison.Ordinal);
        await snackbars.FindAll("button").First(button => TextOf(button) == "Undo").ClickAsync(new());

        Assert.True(isUndone);
    }

    [Fact]
    public async Task Failed_NamesTheIncident_AndIsText()
    {
        var snackbars = Render<MudSnackbarProvider>();
        await snackbars.InvokeAsync(() => Services.GetRequiredService<Notifier>().Failed("<b>Mail</b> failed.", "K7M2QX4T"));

        Assert.Contains("<b>Mail</b> failed. Incident K7M2QX4T.", snackbars.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
    }
}
