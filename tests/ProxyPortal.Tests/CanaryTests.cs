using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProxyPortal.Access;
using ProxyPortal.Account.FirstRun;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Links;
using ProxyPortal.Proxies;
using ProxyPortal.Tests.Data;
using ProxyPortal.Tests.Verification;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests;

/// <summary>Sends known secrets through every door that takes or makes one, and then looks for them wherever they could be left behind.</summary>
public sealed class CanaryTests
{
    [Fact]
    public async Task Secrets_AfterEveryDoor_AreNowhereInClear()
    {
        await using VerifyHost host = await VerifyHost.StartAsync();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var secrets = new HashSet<string>
        {
            VerifyHost.Password, VerifyHost.CallerKey, VerifyHost.OtherCallerKey, "canary chosen by the person herself", "canary typed wrong at sign-in",
            "canary typed as a name", "canary asked in vain", "canary-in-the-query", "canary-in-a-cookie",
        };
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{host.PortalPort}") };

        // Creation: users, proxies, keys, the set-up link.
        Actor actor = Actor.Portal;
        CreatedUser bob = (await host.Services.GetRequiredService<UserService>().CreateAsync(actor, new UserInput { UserId = "bob", DisplayName = "Bob" }, cancellation)).Value;
        CreatedProxy proxy = (await host.Services.GetRequiredService<ProxyService>().CreateAsync(actor, new ProxyInput { Name = "edge", Realm = "Edge" }, new EndpointInput { Name = "edge", Host = "edge.example.test" }, cancellation)).Value;
        IssuedCallerKey second = (await host.Services.GetRequiredService<CallerKeyService>().IssueAsync(actor, proxy.Id, new CallerKeyInput(), cancellation)).Value;
        IssuedLink setup = await host.Services.GetRequiredService<FirstRunService>().IssueLinkAsync(cancellation);
        secrets.UnionWith([bob.PasswordLink.Token, proxy.Key.Key, second.Key, setup.Token]);

        // A password by its link, then signing in, rightly and wrongly.
        (await browser.GetAsync(new Uri(bob.PasswordLink.Url).PathAndQuery, cancellation)).Dispose();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SetPassword, "set-password", ("password", "canary chosen by the person herself"))).Dispose();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "bob"), ("password", "canary typed wrong at sign-in"))).Dispose();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "canary typed as a name"), ("password", "x"))).Dispose();
        using (HttpResponseMessage signedIn = await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "bob"), ("password", "canary chosen by the person herself")))
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        foreach (Cookie cookie in handler.CookieContainer.GetAllCookies())
            secrets.Add(cookie.Value);
        (await browser.GetAsync($"{PortalUrls.MyAccount}?password=canary-in-the-query", cancellation)).Dispose();
        using (var forged = new HttpRequestMessage(HttpMethod.Get, PortalUrls.MyAccount))
        {
            forged.Headers.Add("Cookie", "pp-pending=canary-in-a-cookie; pp-setup=canary-in-a-cookie");
            (await browser.SendAsync(forged, cancellation)).Dispose();
        }

        // Verification, rightly, wrongly, and broken in every way that carries a secret.
        Assert.Equal("accepted", (await host.AskAsync("bob", "canary chosen by the person herself", key: proxy.Key.Key)).Result);
        Assert.Equal("rejected", (await host.AskAsync("bob", "canary asked in vain")).Result);
        await host.AskAsync("canary typed as a name", "canary asked in vain");
        await host.AskAsync("bob", "canary asked in vain", key: VerifyHost.OtherCallerKey);
        await host.SendAsync("""{"userId":"bob","password":"canary asked in vain","x":1}""");
        await host.SendAsync("""{"userId":"bob","password":"canary asked in vain""");
        await host.SendAsync("{}", target: "/api/v1/verify?password=canary-in-the-query");
        await host.SaveAsync(db => db.Devices.Add(host.NewDevice(bob.Id, "laptop")));
        secrets.Add(VerifyHost.DeviceSecret);
        Assert.Equal("accepted", (await host.AskAsync("bob+laptop", VerifyHost.DeviceSecret)).Result);
        // What is otherwise written once a minute.
        await host.Services.GetServices<IHostedService>().OfType<ActivityWriter>().Single().WriteAsync(TimeSpan.Zero, cancellation);

        foreach (string secret in secrets)
            Assert.DoesNotContain(host.Logs.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        string folder = host.Services.GetRequiredService<DataDirectory>().Path;
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            byte[] bytes = await ReadSharedAsync(file);
            foreach (string secret in secrets)
            {
                foreach (byte[] form in (byte[][])[Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret), Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)))])
                    Assert.True(bytes.AsSpan().IndexOf(form) < 0, $"{Path.GetFileName(file)} holds a secret: {secret[..Math.Min(12, secret.Length)]}…");
            }
        }
        string rows = await TableDump.OfAsync(host.Portal);
        foreach (string secret in secrets)
        {
            Assert.DoesNotContain(secret, rows, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), rows, StringComparison.Ordinal);
        }
        await using PortalDbContext db = await host.OpenAsync();
        Assert.NotEmpty(await db.AuditEntries.ToListAsync(cancellation));
        Assert.All(await db.CallerKeys.Where(key => key.ProxyId == proxy.Id && key.Id != second.Id).ToListAsync(cancellation), key => Assert.NotNull(key.LastUsedAt));
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }
}
