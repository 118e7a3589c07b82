using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Bootstrap;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Links;
using ProxyPortal.Tests.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests;

/// <summary>The real portal in this process, on free ports, with a database and keys of its own.</summary>
public sealed partial class PortalHost : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";
    private readonly WebApplication _app;
    private readonly PortalStart _start;

    private PortalHost(WebApplication app, PortalStart start, string folder, TestDatabase database) => (_app, _start, Folder, Database) = (app, start, folder, database);

    /// <summary>The clock, when the host was started with one that can be set.</summary>
    public FakeTimeProvider Time => (FakeTimeProvider)_start.Time!;

    public IServiceProvider Services => _app.Services;

    public Uri Portal => new($"http://127.0.0.1:{Get<Listeners>().Portal!.Port}");

    /// <summary>The data directory.</summary>
    public string Folder { get; }

    internal TestDatabase Database { get; }

    public static Task<PortalHost> StartAsync(bool fakeTime = false, params string[] settings) =>
        StartAsync(new PortalStart { Time = fakeTime ? new LeapingTime() : null, Settings = settings });

    /// <summary>One that listens to nobody and does nothing in the background.</summary>
    public static Task<PortalHost> PrepareAsync() => StartAsync(new PortalStart { Listens = false });

    /// <summary>The same on SQLite, over a folder that stays.</summary>
    public static Task<PortalHost> OpenSqliteAsync(string folder) =>
        StartAsync(new PortalStart { Listens = false, Folder = folder, Database = TestDatabase.SqliteIn(folder) });

    internal static async Task<PortalHost> StartAsync(PortalStart start)
    {
        string folder = start.Folder ?? Directory.CreateTempSubdirectory("portal-test-").FullName;
        if (start.MasterKey is not null)
            File.Copy(start.MasterKey, Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName, "master.key"));
        TestDatabase database = start.Database ?? TestDatabase.For(folder);
        var host = new PortalHost(Create(start, folder, database), start, folder, database);
        try
        {
            if (start.Database is null)
                await database.CreateAsync();
            if (start.Prepares)
                await PortalApp.PrepareAsync(host._app, TestContext.Current.CancellationToken);
            if (start.Listens)
                await host._app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        return host;
    }

    /// <summary>A second portal on the database and the keys of this one, which follows it by polling.</summary>
    public Task<PortalHost> StartSecondNodeAsync() => StartAsync(new PortalStart { MasterKey = Path.Combine(Folder, "keys", "master.key"), Database = Database });

    private static WebApplication Create(PortalStart start, string folder, TestDatabase database)
    {
        string[] args =
        [
            "--Kestrel:Endpoints:Portal:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Verify:Url=http://127.0.0.1:0", $"--Portal:DataDirectory={folder}",
            .. database.Settings.Select(setting => $"--{setting.Key}={setting.Value}"),
            // The hash threads let everyone else go first; on a machine full of tests a wait of a second would be a matter of luck.
            "--Verification:HashWaitMilliseconds=10000",
            $"--contentRoot={AppContext.BaseDirectory}", "--applicationName=ProxyPortal", "--environment=Production", .. start.Settings,
        ];
        return PortalApp.Create(args, builder =>
        {
            builder.Logging.ClearProviders();
            if (start.Logs is not null)
                builder.Logging.AddProvider(start.Logs).AddFilter("ProxyPortal", LogLevel.Trace);
            if (start.Time is not null)
                builder.Services.AddSingleton(start.Time);
            // Before the portal's own: what it adds for want of another it then leaves out.
            start.Services?.Invoke(builder.Services);
            // A clock that has to know when a request is under way.
            if (start.Time is IStartupFilter filter)
                builder.Services.AddSingleton(filter);
        });
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

    public Task<PortalDbContext> OpenDatabaseAsync() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    internal async Task<BootstrapSummary> BootstrapAsync(string json)
    {
        string file = Path.Combine(Folder, "bootstrap.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
        return await Get<BootstrapService>().ApplyFileAsync(file, TestContext.Current.CancellationToken);
    }

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
        if (_start.Listens)
            await _app.StopAsync();
        await _app.DisposeAsync();
        if (_start.Database is null)
            await Database.DisposeAsync();
        if (_start.Folder is null)
            await TestFolder.DeleteAsync(Folder);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
