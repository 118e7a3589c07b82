using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProxyPortal.Access;
using ProxyPortal.Core.Protocols;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>The real portal with limits that a test can reach: what they are in earnest, <c>HttpFramingTests</c> holds. It knows the user
/// <c>alice</c> and one proxy.</summary>
internal sealed class LimitedPortal : IAsyncDisposable
{
    private const string CallerKey = "canary-caller-0123456789-0123456789";
    private readonly string _directory = Directory.CreateTempSubdirectory("portal-test-").FullName;
    private WebApplication? _app;

    public IServiceProvider Services => _app!.Services;

    public int PortalPort => Services.GetRequiredService<Listeners>().Portal!.Port;

    public int VerifyPort => Services.GetRequiredService<Listeners>().Verify!.Port;

    public string Scheme { get; private init; } = "http";

    public int PortOf(string listener) => listener == "portal" ? PortalPort : VerifyPort;

    public static async Task<LimitedPortal> StartAsync(Action<KestrelServerLimits> limit, string? certificate = null)
    {
        var portal = new LimitedPortal { Scheme = certificate is null ? "http" : "https" };
        await portal.RunAsync(limit, certificate);
        return portal;
    }

    /// <summary>Others are still served: a proxy's question on the one listener, a page on the other.</summary>
    public async Task AssertServesAsync()
    {
        using HttpClient client = Client();
        using var question = new HttpRequestMessage(HttpMethod.Post, $"{Scheme}://127.0.0.1:{VerifyPort}{VerifyRequest.Path}");
        question.Content = new StringContent($$"""{"userId":"alice","password":"{{PortalHost.Password}}"}""", null, "application/json");
        question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", CallerKey);
        using HttpResponseMessage answer = await client.SendAsync(question, TestContext.Current.CancellationToken);
        Assert.Contains("\"accepted\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using HttpResponseMessage page = await client.GetAsync(new Uri($"{Scheme}://127.0.0.1:{PortalPort}{PortalUrls.SignIn}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    /// <summary>The cookies of <c>alice</c>, signed in.</summary>
    public async Task<CookieContainer> SignInAsync()
    {
        var cookies = new CookieContainer();
        using HttpClient browser = Client(cookies);
        browser.BaseAddress = new Uri($"{Scheme}://127.0.0.1:{PortalPort}");
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return cookies;
    }

    /// <summary>Opens a connection and sends the beginning of a request.</summary>
    public static async Task<Socket> BeginAsync(int port, string text)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private static HttpClient Client(CookieContainer? cookies = null)
    {
        var handler = new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = false };
#pragma warning disable CA5359 // A certificate of the test's own.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        return new HttpClient(handler);
    }

    private async Task RunAsync(Action<KestrelServerLimits> limit, string? certificate)
    {
        string[] args =
        [
            $"--Kestrel:Endpoints:Portal:Url={Scheme}://127.0.0.1:0", $"--Kestrel:Endpoints:Verify:Url={Scheme}://127.0.0.1:0", $"--Portal:DataDirectory={_directory}",
            $"--contentRoot={AppContext.BaseDirectory}", "--applicationName=ProxyPortal", "--environment=Production",
            .. certificate is null ? Array.Empty<string>() : [$"--Kestrel:Endpoints:Portal:Certificate:Path={certificate}", $"--Kestrel:Endpoints:Verify:Certificate:Path={certificate}"],
        ];
        _app = PortalApp.Create(args, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.PostConfigure<KestrelServerOptions>(kestrel => limit(kestrel.Limits));
        });
        await PortalApp.PrepareAsync(_app, TestContext.Current.CancellationToken);
        await Services.GetRequiredService<SettingsService>().CompleteSetupAsync(Actor.Portal, TestContext.Current.CancellationToken);
        await using (PortalDbContext db = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            string hash = Services.GetRequiredService<PasswordHashing>().Hash(PasswordText.Prepare(PortalHost.Password, out _)!);
            db.Users.Add(new User { Id = Guid.CreateVersion7(), UserName = "alice", NormalizedUserName = "alice", DisplayName = "Alice", SecurityStamp = "x", PasswordHash = hash });
            var proxy = new Proxy { Name = "hq-squid", Realm = "Example" };
            proxy.Endpoints.Add(new ProxyEndpoint { Name = "hq", Host = "hq.example.test", Port = 3128 });
            proxy.CallerKeys.Add(new CallerKey { Digest = SecretDigests.OfKey(CallerKey), Hint = "…" });
            db.Proxies.Add(proxy);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }
}
