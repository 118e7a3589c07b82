using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.FirstRun;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

public sealed class LinkTests : IAsyncLifetime
{
    private const string NewPassword = "seven quiet green bicycles";
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(fakeTime: true);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("/account/set-password")]
    [InlineData("/account/set-password?code=%25%25")]
    [InlineData("/account/set-password?token=%25%25")]
    [InlineData("/account/set-password?token=")]
    [InlineData("/account/set-password?token=a&token=b")]
    [InlineData("/setup?token=%25%25")]
    [InlineData("/setup")]
    [InlineData("/account/sign-in-link?token=%00")]
    public async Task Link_Garbage_IsInvalidWith400(string path)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("invalid or has expired", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("correct horse battery staple", "en", "null")]
    [InlineData("passwordpassword123", "en", "guessed early")]
    [InlineData("alice-alice-alice-1", "en", "mostly your own name")]
    [InlineData("passwordpassword123", "de", "früh erraten")]
    public async Task Advice_WhileItIsTyped_IsThatOfTheRule(string password, string language, string expected)
    {
        using HttpClient browser = _portal.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, PortalUrls.PasswordAdvice)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("password", password), KeyValuePair.Create("userId", "alice")]),
        };
        request.Headers.Add("RequestVerificationToken", PortalHost.TokenOf(await browser.GetStringAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken)));
        request.Headers.AcceptLanguage.ParseAdd(language);
        using HttpResponseMessage answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        using var advice = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, advice.RootElement.GetProperty("refusal").GetString() ?? "null", StringComparison.Ordinal);
    }

    // With a token of ours, but without a form: nobody's page sends that.
    [Theory]
    [InlineData(PortalUrls.PasswordAdvice, null)]
    [InlineData(PortalUrls.PasswordAdvice, "text/plain")]
    [InlineData(PortalUrls.PasswordAdvice, "application/json")]
    [InlineData(PortalUrls.PasskeySetupOptions, "application/json")]
    [InlineData(PortalUrls.Language, "application/json")]
    public async Task Call_WithoutAForm_Is400(string path, string? mediaType)
    {
        using HttpClient browser = _portal.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = mediaType is null ? null : new StringContent("{}", System.Text.Encoding.UTF8, mediaType) };
        request.Headers.Add("RequestVerificationToken", PortalHost.TokenOf(await browser.GetStringAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken)));
        using HttpResponseMessage answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SetPassword_LinkOpenedAndRefusedAndUsed_WorksExactlyOnce()
    {
        User alice = await _portal.AddUserAsync("alice", password: null);
        IssuedLink link = await _portal.AddLinkAsync(LinkPurpose.SetPassword, alice);
        IssuedLink other = await _portal.AddLinkAsync(LinkPurpose.SetPassword, alice);
        for (int scanner = 0; scanner < 3; scanner++)
        {
            using HttpClient bot = _portal.Browser();
            using HttpResponseMessage opened = await bot.GetAsync(PathOf(link), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
            Assert.DoesNotContain(link.Token, opened.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
        using HttpClient browser = _portal.Browser();
        (await browser.GetAsync(PathOf(link), TestContext.Current.CancellationToken)).Dispose();
        foreach (string weak in (string[])["short", "alicealicealice", "aaaaaaaaaaaaaaaaaaaa", new string('x', 300)])
        {
            using HttpResponseMessage refused = await PortalHost.SubmitAsync(browser, PortalUrls.SetPassword, "set-password", ("password", weak));
            Assert.Contains("id=\"password-error\"", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        string form = await browser.GetStringAsync(PortalUrls.SetPassword, TestContext.Current.CancellationToken);
        using HttpResponseMessage done = await PortalHost.PostAsync(browser, PortalUrls.SetPassword, form, "set-password", ("password", NewPassword));
        Assert.Contains("You can use the proxy now", await done.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using HttpResponseMessage again = await PortalHost.PostAsync(browser, PortalUrls.SetPassword, form, "set-password", ("password", NewPassword + "!"));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        using HttpResponseMessage superseded = await browser.GetAsync(PathOf(other), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, superseded.StatusCode);
        using HttpResponseMessage signedIn = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task SetPassword_FiftyAtOnce_ExactlyOneSucceeds()
    {
        User alice = await _portal.AddUserAsync("alice", password: null);
        IssuedLink link = await _portal.AddLinkAsync(LinkPurpose.SetPassword, alice);
        var service = _portal.Get<PasswordService>();
        Result<ChosenPassword>[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            service.ChooseByLinkAsync(Actor.Nobody, link.Token, LinkPurpose.SetPassword, $"{NewPassword} {i}", false, TestContext.Current.CancellationToken)));
        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal("link_invalid", result.Error!.Code));
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        User saved = await db.Users.SingleAsync(user => user.Id == alice.Id, TestContext.Current.CancellationToken);
        Assert.Equal(alice.PasswordVersion + 1, saved.PasswordVersion);
        Assert.NotEqual(alice.SecurityStamp, saved.SecurityStamp);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("suspended")]
    [InlineData("deleted")]
    [InlineData("newPassword")]
    public async Task SetPassword_AfterTheStateChanged_LinkIsInvalid(string what)
    {
        User alice = await _portal.AddUserAsync("alice");
        IssuedLink link = await _portal.AddLinkAsync(LinkPurpose.SetPassword, alice);
        if (what == "expired")
            _portal.Time.AdjustTime(_portal.Time.GetUtcNow().AddHours(25));
        await using (PortalDbContext db = await _portal.OpenDatabaseAsync())
        {
            User user = await db.Users.SingleAsync(row => row.Id == alice.Id, TestContext.Current.CancellationToken);
            if (what == "suspended")
                user.SuspendedAt = _portal.Time.GetUtcNow();
            if (what == "deleted")
                user.DeletedAt = _portal.Time.GetUtcNow();
            if (what == "newPassword")
                user.PasswordVersion++;
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(PathOf(link), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Setup_TwentyAtOnce_MakesOneAdministratorAndIsOverThen()
    {
        var service = _portal.Get<FirstRunService>();
        IssuedLink first = await service.IssueLinkAsync(TestContext.Current.CancellationToken);
        IssuedLink link = await service.IssueLinkAsync(TestContext.Current.CancellationToken);
        Assert.False(await service.IsOpenAsync(first.Token, TestContext.Current.CancellationToken));
        Result<User>[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => service.CreateAdministratorAsync(
            Actor.Nobody, link.Token, new FirstAdministrator($"admin{i}", "", null, NewPassword), TestContext.Current.CancellationToken)));
        Assert.Equal(1, results.Count(result => result.Succeeded));
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.Equal(1, await db.Users.CountAsync(TestContext.Current.CancellationToken));
        IssuedLink late = await service.IssueLinkAsync(TestContext.Current.CancellationToken);
        Assert.False(await service.IsOpenAsync(late.Token, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Setup_Expired_IsInvalid()
    {
        IssuedLink link = await _portal.Get<FirstRunService>().IssueLinkAsync(TestContext.Current.CancellationToken);
        _portal.Time.AdjustTime(_portal.Time.GetUtcNow().AddHours(25));
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(PathOf(link), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Links_ForgedHostHeaders_StayOnThePublicUrl()
    {
        using HttpClient browser = _portal.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, PortalUrls.MyAccount);
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Prefix", "//evil.example");
        using HttpResponseMessage answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("evil", answer.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
        IssuedLink link = await _portal.Get<FirstRunService>().IssueLinkAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("http://localhost:5080/setup?token=", link.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notice_WithoutAdministrator_PrintsALinkThatOpens()
    {
        using var output = new StringWriter();
        await _portal.Get<FirstRunNotice>().PrintAsync(output, TestContext.Current.CancellationToken);
        string url = output.ToString().Split('\n').Single(line => line.Contains("token=", StringComparison.Ordinal)).Trim();
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(new Uri(url).PathAndQuery, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(_portal.Portal.Port, new Uri(url).Port);
        await _portal.AddUserAsync("admin", PortalRole.Administrator);
        using var second = new StringWriter();
        await _portal.Get<FirstRunNotice>().PrintAsync(second, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("token=", second.ToString(), StringComparison.Ordinal);
    }

    private static string PathOf(IssuedLink link) => new Uri(link.Url).PathAndQuery;
}
