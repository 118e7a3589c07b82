using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.ApiTokens;
using ProxyPortal.Data;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.ApiTokens;

/// <summary>The page of tokens, as administrators and auditors meet it.</summary>
public sealed class ApiTokensPageTests : PortalPageTest
{
    private Actor Proved => Administrator with { ProvedAt = Host.Get<TimeProvider>().GetUtcNow() };

    [Fact]
    public void NoTokens_TeachesWhatOneIs()
    {
        IRenderedComponent<IComponent> page = Open<ApiTokensPage>();
        Reads(page, "No tokens yet");
        Reads(page, "New token");
    }

    [Fact]
    public async Task Token_IsMadeAndShownOnce()
    {
        SignIn(Proved);
        IRenderedComponent<IComponent> page = Open<ApiTokensPage>();
        await Button(page, "New token").ClickAsync();
        await Field(page, "Name").ChangeAsync(new ChangeEventArgs { Value = "inventory" });
        await page.FindAll("input[type=checkbox]").First(box => box.ParentElement!.TextContent.Contains("users:read", StringComparison.Ordinal)).ChangeAsync(new ChangeEventArgs { Value = true });
        await page.Find("form").SubmitAsync();
        Reads(page, "Shown only now");
        await using PortalDbContext db = await Host.OpenAsync();
        ApiToken token = await db.ApiTokens.SingleAsync(None);
        Assert.Equal(("inventory", "users:read"), (token.Name, Assert.Single(token.Scopes)));
        Assert.Equal(token.CreatedAt + ApiTokenService.UsualLifetime, token.ExpiresAt);
    }

    [Fact]
    public async Task Token_WithoutScope_IsRefusedAtTheField()
    {
        SignIn(Proved);
        IRenderedComponent<IComponent> page = Open<ApiTokensPage>();
        await Button(page, "New token").ClickAsync();
        await Field(page, "Name").ChangeAsync(new ChangeEventArgs { Value = "inventory" });
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Choose at least one", page.Find("#token-scopes-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OldProof_IsAskedForFirst()
    {
        IRenderedComponent<IComponent> page = Open<ApiTokensPage>();
        await Button(page, "New token").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("/account/confirm?returnUrl=%2Fapi-tokens", Button(page, "Confirm it is you").GetAttribute("href")));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Auditor_SeesTokensAndNoWayToMakeOrEndOne()
    {
        await Host.Get<ApiTokenService>().CreateAsync(Proved, new ApiTokenInput("inventory", ["*"], null), None);
        SignIn(await Host.AddPersonAsync("axel", PortalRole.Auditor));
        IRenderedComponent<IComponent> page = Open<ApiTokensPage>();
        Reads(page, "inventory");
        Reads(page, "everything");
        ReadsNot(page, "New token");
        ReadsNot(page, "Revoke");
    }

    [Fact]
    public async Task Operator_IsToldThatItIsNotForThem()
    {
        SignIn(await Host.AddPersonAsync("olga", PortalRole.Operator));
        Reads(Open<ApiTokensPage>(), "Not available to you");
    }
}
