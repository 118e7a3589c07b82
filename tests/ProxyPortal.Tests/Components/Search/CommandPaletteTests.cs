using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Components.Search;
using Xunit;

namespace ProxyPortal.Tests.Components.Search;

[Trait("Database", "None")]
public sealed class CommandPaletteTests : PortalComponentTest
{
    public CommandPaletteTests()
    {
        Services.AddScoped<IPaletteSource, PagePaletteSource>();
        Services.AddScoped<IPaletteSource, FakeSource>();
    }

    [Fact]
    public void Untyped_OffersThePagesThatTheRoleMayOpen()
    {
        AddAuthorization().SetAuthorized("ada").SetRoles("Operator");

        Assert.Equal(["Overview", "Users", "Devices", "Requests", "Groups", "Policies"], Render<CommandPalette>().FindAll("[role=option]").Select(TextOf));
    }

    [Fact]
    public async Task ArrowAndEnter_GoToTheChosenEntry()
    {
        var palette = Render<CommandPalette>();
        await TypeAsync(palette, "a");
        palette.WaitForAssertion(() => Assert.Contains(palette.FindAll("[role=option]"), option => TextOf(option) == "Alice Abel alice@example.test"));

        await palette.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowUp" });
        Assert.Equal("Alice Abel alice@example.test", TextOf(palette.Find("[aria-selected=true]")));
        await palette.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        Assert.EndsWith("/users?search=alice", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailingSource_IsNamed_AndTheOthersAnswer()
    {
        var palette = Render<CommandPalette>();
        await TypeAsync(palette, "audit!");

        palette.WaitForAssertion(() => Assert.Contains("Could not be searched just now: users", palette.Markup, StringComparison.Ordinal));
    }

    private Task TypeAsync(IRenderedComponent<CommandPalette> palette, string text) => TypeAndPauseAsync(palette.Find("input"), text);

    private sealed class FakeSource : IPaletteSource
    {
        public string Kind => "Users";

        public int Order => 10;

        public Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken) =>
            query.EndsWith('!') ? throw new InvalidOperationException("down")
            : Task.FromResult<IReadOnlyList<PaletteEntry>>(
                query.Length == 0 ? [] : [new("Alice Abel", Kind, PortalUrls.Users(search: "alice"), "alice@example.test")]);
    }
}
