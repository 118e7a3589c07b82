using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Links;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Devices;

public sealed partial class PairingLinkTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private User _alice = null!;
    private IssuedDeviceSecret _laptop = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private DeviceSecretService Secrets => _portal.Get<DeviceSecretService>();

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(fakeTime: true);
        _alice = await _portal.AddUserAsync("alice", password: null);
        _laptop = (await _portal.Get<DeviceService>().CreateAsync(Actor.Portal, _alice.Id, new DeviceInput { Name = "laptop" }, None)).Value;
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Link_LookedAtByScannersAndUsed_GivesOneSecretOnce()
    {
        byte[] before = await DigestAsync();
        IssuedLink link = await LinkAsync();
        for (int scanner = 0; scanner < 3; scanner++)
        {
            using HttpClient bot = _portal.Browser();
            using HttpResponseMessage opened = await bot.GetAsync(PathOf(link), None);
            Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
            Assert.DoesNotContain(link.Token, opened.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
        using HttpClient browser = _portal.Browser();
        (await browser.GetAsync(PathOf(link), None)).Dispose();
        string page = await browser.GetStringAsync(PortalUrls.PairDevice, None);
        Assert.Contains("alice+laptop", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("pp_dev_", page, StringComparison.Ordinal);
        // Looking changed nothing.
        Assert.Equal(before, await DigestAsync());

        using HttpResponseMessage shown = await PortalHost.PostAsync(browser, PortalUrls.PairDevice, page, "pair-device");
        string told = await shown.Content.ReadAsStringAsync(None);
        string secret = Assert.Single(Secret().Matches(told).Select(match => match.Value).Distinct());
        Assert.True(GeneratedSecret.IsWellFormed(secret, GeneratedSecret.DeviceSecretPrefix));
        Assert.Equal((true, "no-referrer"), (shown.Headers.CacheControl?.NoStore, shown.Headers.GetValues("Referrer-Policy").Single()));
        Assert.NotEqual(before, await DigestAsync());

        using HttpResponseMessage again = await PortalHost.PostAsync(browser, PortalUrls.PairDevice, page, "pair-device");
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("invalid or has expired", await again.Content.ReadAsStringAsync(None), StringComparison.Ordinal);
        using HttpResponseMessage reopened = await browser.GetAsync(PathOf(link), None);
        Assert.Equal(HttpStatusCode.BadRequest, reopened.StatusCode);
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        AuditEntry entry = await db.AuditEntries.SingleAsync(row => row.Action == AuditAction.DeviceSecretIssued, None);
        Assert.Equal(("pairing link", "alice+laptop"), (entry.ActorName, entry.TargetName));
        Assert.DoesNotContain(secret, $"{entry.Before}{entry.After}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/pair-device")]
    [InlineData("/account/pair-device?token=%25%25")]
    [InlineData("/account/pair-device?token=a&token=b")]
    [InlineData("/account/pair-device?code=1")]
    public async Task Link_Garbage_IsInvalidWith400(string path)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(path, None);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Link_TwentyAtOnce_ExactlyOneGetsASecret()
    {
        IssuedLink link = await LinkAsync();
        Result<IssuedDeviceSecret>[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Secrets.PairAsync(Actor.Nobody, link.Token, None)));
        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal("link_invalid", result.Error!.Code));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("newer")]
    [InlineData("rotated")]
    [InlineData("revoked")]
    [InlineData("deleted")]
    [InlineData("suspended")]
    [InlineData("otherPurpose")]
    public async Task Link_AfterTheStateChanged_IsInvalid(string what)
    {
        IssuedLink link = what == "otherPurpose" ? await _portal.AddLinkAsync(LinkPurpose.SetPassword, _alice) : await LinkAsync();
        if (what == "expired")
            _portal.Time.AdjustTime(_portal.Time.GetUtcNow() + OneTimeLinks.PairingLifetime);
        if (what == "newer")
            await LinkAsync();
        if (what == "rotated")
            await Secrets.RotateAsync(Actor.Portal, _laptop.Id, null, None);
        if (what == "revoked")
            await _portal.Get<DeviceDecisionService>().RevokeAsync(Actor.Portal, _laptop.Id, null, None);
        if (what == "deleted")
            await _portal.Get<DeviceService>().DeleteAsync(Actor.Portal, _laptop.Id, None);
        if (what == "suspended")
            await _portal.Get<UserService>().SuspendAsync(Actor.Portal, _alice.Id, None);
        Assert.Equal("link_invalid", (await Secrets.PairAsync(Actor.Nobody, link.Token, None)).Error?.Code);
    }

    [Fact]
    public async Task Link_NewPassword_LeavesItAlone()
    {
        IssuedLink link = await LinkAsync();
        await _portal.Get<ProxyPortal.Account.Passwords.PasswordService>().ChangeAsync(Actor.Portal, _alice.Id, "seven quiet green bicycles", None);
        Assert.True((await Secrets.PairAsync(Actor.Nobody, link.Token, None)).Succeeded);
    }

    private async Task<IssuedLink> LinkAsync() => (await Secrets.IssuePairingLinkAsync(Actor.Portal, _laptop.Id, None)).Value;

    private async Task<byte[]> DigestAsync()
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        return await db.Devices.Where(device => device.Id == _laptop.Id).Select(device => device.SecretDigest).SingleAsync(None);
    }

    private static string PathOf(IssuedLink link) => new Uri(link.Url).PathAndQuery;

    [GeneratedRegex("pp_dev_[0-9A-Za-z]{30}")]
    private static partial Regex Secret();
}
