using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

public sealed partial class SignInTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(fakeTime: true);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task SignIn_OrdinaryUser_OpensThePortal()
    {
        await _portal.AddUserAsync("alice");
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await SignInAsync(browser, "alice", PortalHost.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", Path(answer));
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("pp-session=", StringComparison.Ordinal)
            && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
        using HttpResponseMessage page = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("Europe%2FBerlin", "Europe/Berlin")]
    [InlineData("..%2F..%2Fetc%2Fpasswd", null)]
    [InlineData("No%2FSuchZone", null)]
    [InlineData("%FF%FE%00", null)]
    [InlineData("", null)]
    public async Task SignIn_TellsWhereTheBrowserIs_ForTheTimesInMails(string cookie, string? zone)
    {
        User alice = await _portal.AddUserAsync("alice");
        var cookies = new CookieContainer();
        cookies.Add(_portal.Portal, new Cookie("pp-zone", cookie));
        using HttpClient browser = _portal.Browser(cookies);
        (await SignInAsync(browser, "alice", PortalHost.Password)).Dispose();
        Assert.Equal(zone, await ZoneAsync(alice.Id));
        // A browser that says nothing takes nothing away.
        using HttpClient other = _portal.Browser();
        (await SignInAsync(other, "alice", PortalHost.Password)).Dispose();
        Assert.Equal(zone, await ZoneAsync(alice.Id));
    }

    private async Task<string?> ZoneAsync(Guid id)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        return (await db.Users.SingleAsync(user => user.Id == id, TestContext.Current.CancellationToken)).TimeZone;
    }

    [Fact]
    public async Task SignIn_UntilThePasswordIsProved_EveryRefusalIsTheSamePageForTheSameWork()
    {
        await _portal.AddUserAsync("alice");
        await _portal.AddUserAsync("nopassword", password: null);
        await _portal.AddUserAsync("suspended", adjust: user => user.SuspendedAt = _portal.Time.GetUtcNow());
        await _portal.AddUserAsync("expired", adjust: user => user.ValidUntil = _portal.Time.GetUtcNow().AddDays(-1));
        var pages = new HashSet<string>();
        foreach (string name in (string[])["alice", "nobody", "nopassword", "suspended", "expired", "a:b"])
        {
            using HttpClient browser = _portal.Browser();
            int before = _portal.Get<PasswordWork>().Compared;
            using HttpResponseMessage answer = await SignInAsync(browser, name, "some wrong password here");
            Assert.Equal(1, _portal.Get<PasswordWork>().Compared - before);
            pages.Add(answer.StatusCode + Volatile().Replace(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), ""));
        }
        Assert.Single(pages);
        Assert.Contains("The user-id or the password is not right.", pages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_SuspendedUserWhoProvesThePassword_LearnsWhyButIsNotSignedIn()
    {
        await _portal.AddUserAsync("suspended", adjust: user => user.SuspendedAt = _portal.Time.GetUtcNow());
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await SignInAsync(browser, "suspended", PortalHost.Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("suspended", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("pp-session=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SignIn_FiftyFailuresOverManyUsers_StopsTheSourceAndNoAccount()
    {
        var throttle = _portal.Get<SignInThrottle>();
        var source = IPAddress.Parse("192.0.2.1");
        for (int i = 0; i < SignInThrottle.SourceBurst; i++)
            Assert.Null(throttle.Begin($"password:user{i}", source));
        Assert.NotNull(throttle.Begin("password:alice", source));
        Assert.Null(throttle.Begin("password:alice", IPAddress.Parse("192.0.2.2")));
        _portal.Time.Advance(TimeSpan.FromSeconds(13));
        Assert.Null(throttle.Begin("password:alice", source));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task SignIn_ManyWrongPasswordsFromOnePlace_Answers429WithRetryAfterForKnownAndUnknownAlike()
    {
        await _portal.AddUserAsync("alice");
        foreach (string name in (string[])["alice", "nobody"])
        {
            using HttpClient browser = _portal.Browser();
            for (int i = 0; i < SignInThrottle.FreeFailures; i++)
                (await SignInAsync(browser, name, "wrong")).Dispose();
            int before = _portal.Get<PasswordWork>().Compared;
            using HttpResponseMessage answer = await SignInAsync(browser, name, PortalHost.Password);
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter?.Delta);
            Assert.Equal(before, _portal.Get<PasswordWork>().Compared);
        }
        _portal.Time.Advance(TimeSpan.FromSeconds(3));
        using HttpClient owner = _portal.Browser();
        using HttpResponseMessage later = await SignInAsync(owner, "alice", PortalHost.Password);
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    public void Throttle_ParallelGuesses_WeighsOnlyTheFreeOnes()
    {
        var throttle = new SignInThrottle(_portal.Time);
        int weighed = 0;
        Parallel.For(0, 200, _ =>
        {
            if (throttle.Begin("password:alice", IPAddress.Loopback) is null)
                Interlocked.Increment(ref weighed);
        });
        Assert.Equal(SignInThrottle.FreeFailures, weighed);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("http:evil.example")]
    [InlineData(" //evil.example")]
    [InlineData("data:text/html,x")]
    [InlineData("%2f%2fevil.example")]
    public async Task SignIn_ReturnUrlElsewhere_LandsOnTheOverview(string returnUrl)
    {
        await _portal.AddUserAsync("alice");
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(
            browser, $"{PortalUrls.SignIn}?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", ("userId", "alice"), ("password", PortalHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", Path(answer));
    }

    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_Is400()
    {
        using HttpClient browser = _portal.Browser();
        foreach (string path in (string[])[PortalUrls.SignIn, PortalUrls.SignOut, PortalUrls.PasskeySignInOptions, PortalUrls.PasskeyCreationOptions, PortalUrls.PasswordAdvice, PortalUrls.SetPassword, PortalUrls.Setup])
        {
            using HttpResponseMessage answer = await browser.PostAsync(path, new FormUrlEncodedContent([KeyValuePair.Create("_handler", "sign-in"), KeyValuePair.Create("userId", "alice")]), TestContext.Current.CancellationToken);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task SignIn_PasswordGivenTwice_Is400()
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", "a"), ("password", "b"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task PasskeyOptions_NamesNoAccount()
    {
        using HttpClient browser = _portal.Browser();
        string page = await browser.GetStringAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, PortalUrls.PasskeySignInOptions + "?username=alice");
        request.Headers.Add("RequestVerificationToken", PortalHost.TokenOf(page));
        using HttpResponseMessage answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        string json = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"userVerification\":\"required\"", json, StringComparison.Ordinal);
        Assert.Contains("\"rpId\":\"localhost\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_OldCookieReplayed_IsNobody()
    {
        await _portal.AddUserAsync("alice");
        var cookies = new CookieContainer();
        using HttpClient browser = _portal.Browser(cookies);
        (await SignInAsync(browser, "alice", PortalHost.Password)).Dispose();
        var copy = new CookieContainer();
        copy.Add(cookies.GetAllCookies());
        string page = await browser.GetStringAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        using HttpResponseMessage out1 = await PortalHost.PostAsync(browser, PortalUrls.SignOut, page, "");
        Assert.Equal(HttpStatusCode.Redirect, out1.StatusCode);
        using HttpClient thief = _portal.Browser(copy);
        using HttpResponseMessage replayed = await thief.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, replayed.StatusCode);
        Assert.StartsWith(PortalUrls.SignIn, Path(replayed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_StampChanges_EndsAtOnce()
    {
        User alice = await _portal.AddUserAsync("alice");
        using HttpClient browser = _portal.Browser();
        (await SignInAsync(browser, "alice", PortalHost.Password)).Dispose();
        await using (PortalDbContext db = await _portal.OpenDatabaseAsync())
        {
            (await db.Users.SingleAsync(user => user.Id == alice.Id, TestContext.Current.CancellationToken)).SecurityStamp = "another";
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        using HttpResponseMessage answer = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Session_OfARole_EndsIdleAfterHalfAnHourAndAnyhowAfterEight()
    {
        await _portal.AddUserAsync("op", PortalRole.Operator, adjust: user => user.RequireSecondFactor = false);
        using HttpClient browser = _portal.Browser();
        (await SignInAsync(browser, "op", PortalHost.Password)).Dispose();
        for (int i = 0; i < 19; i++)
        {
            _portal.Time.Advance(TimeSpan.FromMinutes(25));
            using HttpResponseMessage busy = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, busy.StatusCode);
        }
        _portal.Time.Advance(TimeSpan.FromMinutes(10));
        using HttpResponseMessage over = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, over.StatusCode);
        (await SignInAsync(browser, "op", PortalHost.Password)).Dispose();
        _portal.Time.Advance(TimeSpan.FromMinutes(31));
        using HttpResponseMessage idle = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, idle.StatusCode);
    }

    [Fact]
    public async Task Routes_Anonymous_OnlyTheKnownOnesAnswer()
    {
        string[] open = [PortalUrls.SignIn, PortalUrls.SignInLink, PortalUrls.SetPassword, PortalUrls.Setup, PortalUrls.HealthLive, PortalUrls.HealthReady, PortalUrls.Error,
            PortalUrls.SecondFactor, PortalUrls.RecoveryCode, PortalUrls.EnrolSecondFactor, PortalUrls.PairDevice, PortalUrls.ApiReference, PortalUrls.OpenApiDocument,
            PortalUrls.ForgotPassword, PortalUrls.ConfirmMail, PortalUrls.UndoMail, PortalUrls.RequestAccess, PortalUrls.ConfirmRequest, PortalUrls.Invitation, PortalUrls.Help407(), PortalUrls.Help407(Guid.Empty.ToString()), PortalUrls.Connect, PortalUrls.ConnectJson, PortalUrls.PasteCheck, PortalUrls.Guides,
            PortalUrls.SquidErrorPage(Guid.Empty.ToString(), Guid.Empty.ToString())];
        using HttpClient browser = _portal.Browser();
        var routes = _portal.Get<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>();
        foreach (var route in routes.Where(route => route.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null))
        {
            string path = "/" + Parameter().Replace(route.RoutePattern.RawText!.TrimStart('/'), Guid.Empty.ToString());
            if (open.Contains(path) || route.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>() is { HttpMethods: var methods } && !methods.Contains("GET"))
                continue;
            using HttpResponseMessage answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
            bool refused = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound || (answer.StatusCode is HttpStatusCode.Redirect && Path(answer).StartsWith(PortalUrls.SignIn, StringComparison.Ordinal));
            Assert.True(refused, $"{path} answered {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Cookie_Garbage_IsNobody()
    {
        using HttpClient browser = _portal.Browser();
        foreach (string value in (string[])["x", "CfDJ8AAAA", "%00", new string('a', 4000), "chunks-9"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, PortalUrls.MyAccount);
            request.Headers.Add("Cookie", $"pp-session={value}");
            using HttpResponseMessage answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string userId, string password) =>
        PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", userId), ("password", password));

    private static string Path(HttpResponseMessage answer) =>
        answer.Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString : "";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]+\"|nonce=\"[^\"]+\"|<!--Blazor-Server-Component-State:[^>]*-->")]
    private static partial Regex Volatile();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
