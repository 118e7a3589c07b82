using System.Net;
using System.Text.RegularExpressions;
using ProxyPortal.Access;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Links;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

public sealed partial class SecondFactorTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(fakeTime: true);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    // RFC 6238, appendix B, the last six of eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Code_OfTheStandardsKey_IsTheStandards(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds / 30));

    [Fact]
    public async Task Setup_WholeWay_SignsTheAdministratorInOnlyAfterTheSecondFactor()
    {
        IssuedLink link = await _portal.AddLinkAsync(LinkPurpose.Setup, null);
        using HttpClient browser = _portal.Browser();
        (await browser.GetAsync(new Uri(link.Url).PathAndQuery, TestContext.Current.CancellationToken)).Dispose();
        using HttpResponseMessage created = await PortalHost.SubmitAsync(browser, PortalUrls.Setup, "setup",
            ("userId", "root"), ("displayName", "Ruth Root"), ("email", "root@example.test"), ("password", PortalHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, created.StatusCode);
        string enrol = created.Headers.Location!.ToString();
        Assert.Contains(PortalUrls.EnrolSecondFactor, enrol, StringComparison.Ordinal);
        await AssertShutAsync(browser);

        string page = await browser.GetStringAsync(enrol, TestContext.Current.CancellationToken);
        string key = Key().Match(page).Value;
        Assert.Contains("QR code for your authenticator app", page, StringComparison.Ordinal);
        using HttpResponseMessage wrong = await PortalHost.PostAsync(browser, enrol, page, "enrol", ("code", "000000"));
        Assert.Contains("code-error", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await AssertShutAsync(browser);
        using HttpResponseMessage enrolled = await PortalHost.PostAsync(browser, enrol, page, "enrol", ("code", CodeOf(key)));
        string codes = await enrolled.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(RecoveryCodes.Count, Regex.Count(codes, "<li><code"));
        Assert.Contains(PortalUrls.SetupOrganisation, codes, StringComparison.Ordinal);
        using HttpResponseMessage open = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithSecondFactor_NeedsTheCodeAndTakesEachOnce()
    {
        (User admin, string key, _) = await EnrolledAsync();
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage password = await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "admin"), ("password", PortalHost.Password));
        Assert.Contains(PortalUrls.SecondFactor, password.Headers.Location!.ToString(), StringComparison.Ordinal);
        await AssertShutAsync(browser);
        // Enrolling another factor instead of proving this one would let a stolen password in.
        using HttpResponseMessage enrol = await browser.GetAsync(PortalUrls.EnrolSecondFactor, TestContext.Current.CancellationToken);
        Assert.Contains(PortalUrls.SecondFactor, enrol.Headers.Location!.ToString(), StringComparison.Ordinal);

        _portal.Time.Advance(TimeSpan.FromSeconds(60));
        string code = CodeOf(key);
        using HttpResponseMessage done = await PortalHost.SubmitAsync(browser, PortalUrls.SecondFactor, "code", ("code", code));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        using HttpResponseMessage open = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        var again = await _portal.Get<SecondFactorService>().VerifyAsync(Actor.Nobody, admin, code, TestContext.Current.CancellationToken);
        Assert.Equal(SignInAnswer.Refused, again.Answer);
    }

    [Fact]
    public async Task Code_InParallel_SucceedsOnce()
    {
        (User admin, string key, _) = await EnrolledAsync();
        _portal.Time.Advance(TimeSpan.FromSeconds(60));
        string code = CodeOf(key);
        var service = _portal.Get<SecondFactorService>();
        SignInOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => service.VerifyAsync(
            Actor.Nobody with { Address = IPAddress.Parse($"192.0.2.{i}") }, admin, code, TestContext.Current.CancellationToken)));
        Assert.Equal(1, outcomes.Count(outcome => outcome.Answer is SignInAnswer.SignedIn));
    }

    [Fact]
    public async Task RecoveryCode_InParallelAndRetyped_WorksOnce()
    {
        (User admin, _, IReadOnlyList<string> codes) = await EnrolledAsync();
        var service = _portal.Get<SecondFactorService>();
        string typed = codes[0].Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant();
        SignInOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => service.UseRecoveryCodeAsync(
            Actor.Nobody with { Address = IPAddress.Parse($"192.0.2.{i}") }, admin, typed, TestContext.Current.CancellationToken)));
        Assert.Equal(1, outcomes.Count(outcome => outcome.Answer is SignInAnswer.SignedIn));
        Assert.Equal(9, await service.CountCodesAsync(admin.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Code_ManyGuesses_AreThrottled()
    {
        (User admin, _, _) = await EnrolledAsync();
        var service = _portal.Get<SecondFactorService>();
        for (int i = 0; i < SignInThrottle.FreeFailures; i++)
            await service.VerifyAsync(Actor.Nobody, admin, "000000", TestContext.Current.CancellationToken);
        Assert.Equal(SignInAnswer.Throttled, (await service.VerifyAsync(Actor.Nobody, admin, "000000", TestContext.Current.CancellationToken)).Answer);
    }

    private static async Task AssertShutAsync(HttpClient browser)
    {
        foreach (string path in (string[])["/", PortalUrls.Routes.Users, PortalUrls.MyAccount, PortalUrls.SetupOrganisation, "/_blazor/negotiate"])
        {
            using HttpResponseMessage answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Redirect && answer.Headers.Location?.ToString().Contains(PortalUrls.SignIn, StringComparison.Ordinal) is not false, $"{path}: {answer.StatusCode}");
        }
    }

    private async Task<(User, string, IReadOnlyList<string>)> EnrolledAsync()
    {
        User admin = await _portal.AddUserAsync("admin", PortalRole.Administrator);
        var service = _portal.Get<SecondFactorService>();
        string key = await service.OfferKeyAsync(admin.Id, TestContext.Current.CancellationToken);
        Result<IReadOnlyList<string>> codes = await service.EnrolAsync(Actor.Nobody, admin.Id, CodeOf(key), TestContext.Current.CancellationToken);
        Assert.Null(codes.Error);
        return (admin, key, codes.Value);
    }

    private string CodeOf(string key) => Totp.CodeAt(key, Totp.StepAt(_portal.Time.GetUtcNow()));

    [GeneratedRegex("(?<=>)[A-Z2-7]{32}(?=<)")]
    private static partial Regex Key();
}
