using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Account;
using ProxyPortal.Account.Sessions;
using ProxyPortal.ApiTokens;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.HelpDesk;
using ProxyPortal.Hosting;
using ProxyPortal.Languages;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.MyAccess;
using ProxyPortal.Notices;
using ProxyPortal.Overview;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing;
using ProxyPortal.Settings;
using ProxyPortal.Tests.Data;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.Tests;

/// <summary>The real services over a database of their own, for components and services: without web server and hosted services; the clock is the caller's.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("proxyportal-test-").FullName;
    private readonly TestDatabase _database;
    private ServiceProvider? _own;

    public ServiceHost() => _database = TestDatabase.For(_folder);

    /// <summary>An administrator whose row exists: writes are checked against it.</summary>
    public Actor Admin { get; } = new(Guid.CreateVersion7(), "admin", PortalRole.Administrator, IPAddress.Parse("192.0.2.1"));

    public IServiceProvider Services { get; private set; } = null!;

    public UserService Users => Get<UserService>();

    /// <summary>Starts over services of its own, for tests that render nothing.</summary>
    public static async Task<ServiceHost> StartAsync(FakeTimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        return await StartAsync(services, []);
    }

    /// <summary>The same, with a configuration of its own.</summary>
    public static async Task<ServiceHost> StartAsync(IServiceCollection services, (string Key, string Value)[] configuration)
    {
        var host = new ServiceHost();
        host.AddTo(services, configuration);
        host._own = services.BuildServiceProvider();
        await host.StartAsync(host._own);
        return host;
    }

    /// <summary>Adds the services to <paramref name="services"/>, which must hold a <see cref="TimeProvider"/> already.</summary>
    public void AddTo(IServiceCollection services, params (string Key, string Value)[] configuration)
    {
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(_database.Settings.Concat(configuration).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        services.AddSingleton(settings);
        services.AddLogging();
        services.Configure<PortalOptions>(settings.GetSection(PortalOptions.Section));
        services.PostConfigure<PortalOptions>(options => options.DataDirectory = _folder);
        services.Configure<DatabaseOptions>(settings.GetSection(DatabaseOptions.Section));
        services.Configure<VerificationOptions>(settings.GetSection(VerificationOptions.Section));
        services.Configure<IdentityOptions>(AccountRegistration.ConfigureStores);
        services.AddSingleton<DataDirectory>().AddDatabase(settings).AddCredentials().AddAccess();
        services.AddAudit().AddApiTokens().AddSingleton<OneTimeLinks>();
        services.AddSettings();
        services.AddUsers().AddDevices().AddGroups().AddExpiryPolicies().AddProxies().AddPublishing().AddOverview().AddMyAccess().AddAsking().AddHelpDesk().AddVerification();
        services.AddLanguages().AddMail(settings).AddNotices();
        services.AddSingleton<ILookupNormalizer, FoldingNormalizer>().AddSingleton<SignInSessions>();
    }

    /// <summary>Makes the database and its administrator.</summary>
    public async Task StartAsync(IServiceProvider services)
    {
        Services = services;
        await _database.CreateAsync();
        await Get<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await Get<SettingsService>().LoadAsync(CancellationToken.None);
        await Get<DirectoryFollower>().LoadAsync(CancellationToken.None);
        await AddRowAsync(new User
        {
            Id = Admin.Id!.Value,
            UserName = Admin.Name,
            NormalizedUserName = Admin.Name,
            DisplayName = "Ada Admin",
            Role = PortalRole.Administrator,
            PasswordHash = "x",
            SecurityStamp = "x",
            CreatedAt = Get<TimeProvider>().GetUtcNow(),
        });
    }

    /// <summary>Creates an account and acts as it.</summary>
    public async Task<Actor> AddPersonAsync(string userId, PortalRole role) =>
        new((await AddUserAsync(userId, input => input with { Role = role })).Id, userId, role, null);

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public Task<PortalDbContext> OpenAsync() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    public async Task AddRowAsync(params object[] rows)
    {
        await using PortalDbContext db = await OpenAsync();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    public async Task<CreatedUser> AddUserAsync(string userId, Func<UserInput, UserInput>? adjust = null)
    {
        var input = new UserInput { UserId = userId, DisplayName = userId };
        return (await Users.CreateAsync(Admin, adjust?.Invoke(input) ?? input, CancellationToken.None)).Value;
    }

    /// <summary>Lets the user have a password without hashing one.</summary>
    public Task SetPasswordAsync(Guid id) => ChangeUserAsync(id, user => user.PasswordHash = "x");

    public async Task ChangeUserAsync(Guid id, Action<User> change)
    {
        await using PortalDbContext db = await OpenAsync();
        change(await db.Users.SingleAsync(user => user.Id == id));
        await db.SaveChangesAsync();
    }

    public async Task ChangeRowAsync<T>(Guid id, Action<T> change) where T : class
    {
        await using PortalDbContext db = await OpenAsync();
        change((await db.FindAsync<T>(id))!);
        await db.SaveChangesAsync();
    }

    /// <summary>Takes a table away, so that reading it fails.</summary>
    public Task BreakAsync(string table) => RunAsync($"ALTER TABLE {table} RENAME TO {table}_gone");

    public Task MendAsync(string table) => RunAsync($"ALTER TABLE {table}_gone RENAME TO {table}");

    private async Task RunAsync(string sql)
    {
        await using PortalDbContext db = await OpenAsync();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync();
        await _database.DisposeAsync();
        await TestFolder.DeleteAsync(_folder);
    }
}
