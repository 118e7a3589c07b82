using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Links;
using ProxyPortal.Users;

namespace ProxyPortal.Tests;

/// <summary>The real portal in this process, on free ports, with a database and keys of its own.</summary>
public sealed partial class PortalHost : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";
    private readonly WebApplication _app;
    private readonly string _directory;

    private PortalHost(WebApplication app, string directory, FakeTimeProvider? time) => (_app, _directory, Time) = (app, directory, time!);

    /// <summary>The clock, when the host was started with one.</summary>
    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Portal => new($"http://127.0.0.1:{Get<Listeners>().Portal!.Port}");

    public static async Task<PortalHost> StartAsync(bool fakeTime = false, params string[] settings)
    {
        string directory = Directory.CreateTempSubdirectory("portal-test-").FullName;
        FakeTimeProvider? time = fakeTime ? new FakeTimeProvider(TimeProvider.System.GetUtcNow()) : null;
        string[] args =
        [
            "--Kestrel:Endpoints:Portal:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Verify:Url=http://127.0.0.1:0",
            $"--Portal:DataDirectory={directory}", $"--contentRoot={AppContext.BaseDirectory}", "--applicationName=ProxyPortal", "--environment=Production", .. settings,
        ];
        WebApplication app = PortalApp.Create(args, builder =>
        {
            builder.Logging.ClearProviders();
            if (time is not null)
                builder.Services.AddSingleton<TimeProvider>(time);
        });
        await PortalApp.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync();
        return new PortalHost(app, directory, time);
    }

    /// <summary>What <c>admin reset</c> does, on this portal while it runs.</summary>
    public async Task<IssuedLink> ResetAsync(string userId) => (await DataVerbs.ResetAsync(_app, userId, CancellationToken.None)).Link;

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A browser of its own, which follows no redirect by itself.</summary>
    public HttpClient Browser(CookieContainer? cookies = null)
    {
        var handler = new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = false };
        return new HttpClient(handler) { BaseAddress = Portal };
    }

    public async Task<PortalDbContext> OpenDatabaseAsync() => await Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    public async Task<User> AddUserAsync(string userId, PortalRole role = PortalRole.None, string? password = Password, Action<User>? adjust = null)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = userId,
            NormalizedUserName = userId,
            DisplayName = userId,
            Role = role,
            CreatedAt = Get<TimeProvider>().GetUtcNow(),
            SecurityStamp = Guid.CreateVersion7().ToString(),
            PasswordHash = password is null ? null : Get<PasswordHashing>().Hash(PasswordText.Prepare(password, out _)!),
        };
        adjust?.Invoke(user);
        await using PortalDbContext db = await OpenDatabaseAsync();
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return user;
    }

    public async Task<IssuedLink> AddLinkAsync(LinkPurpose purpose, User? user)
    {
        await using PortalDbContext db = await OpenDatabaseAsync();
        IssuedLink link = Get<OneTimeLinks>().Add(db, purpose, user);
        await db.SaveChangesAsync();
        return link;
    }

    /// <summary>Opens <paramref name="path"/> and posts its form, with the hidden fields that it holds.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string path, string form, params (string Name, string Value)[] fields)
    {
        string page = await browser.GetStringAsync(path);
        return await PostAsync(browser, path, page, form, fields);
    }

    /// <summary>Posts the form named <paramref name="form"/> of a page opened before.</summary>
    public static Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, string page, string form, params (string Name, string Value)[] fields) =>
        browser.PostAsync(path, new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
                .Append(KeyValuePair.Create("_handler", form))
                .Append(KeyValuePair.Create("__RequestVerificationToken", TokenOf(page)))));

    public static string TokenOf(string page) => WebUtility.HtmlDecode(AntiforgeryToken().Match(page).Groups[1].Value);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
