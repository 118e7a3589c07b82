using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Account;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Links;
using ProxyPortal.Overview;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.Tests;

/// <summary>The real services over a SQLite file of their own, with a clock that stands still and without background work.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _directory;

    private ServiceHost(ServiceProvider services, string directory) => (_services, _directory) = (services, directory);

    public IServiceProvider Services => _services;

    /// <summary>An administrator whose row exists: writes are checked against it.</summary>
    public Actor Admin { get; } = new(Guid.CreateVersion7(), "admin", PortalRole.Administrator, IPAddress.Parse("192.0.2.1"));

    public UserService Users => _services.GetRequiredService<UserService>();

    public static async Task<ServiceHost> StartAsync(FakeTimeProvider time)
    {
        string directory = Directory.CreateTempSubdirectory("proxyportal-test-").FullName;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        Add(services, directory);
        var host = new ServiceHost(services.BuildServiceProvider(), directory);
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await host.AddRowAsync(new User
        {
            Id = host.Admin.Id!.Value,
            UserName = "admin",
            NormalizedUserName = "admin",
            DisplayName = "Ada Admin",
            Role = PortalRole.Administrator,
            PasswordHash = "x",
            SecurityStamp = "x",
            CreatedAt = time.GetUtcNow(),
        });
        return host;
    }

    /// <summary>Puts the services into a component test's world.</summary>
    public void ShareWith(IServiceCollection others)
    {
        foreach (Type type in (Type[])[typeof(UserService), typeof(ProxyService), typeof(AuditTrail), typeof(OverviewService), typeof(VerificationActivity),
            typeof(MyAccess.MyAccessService), typeof(AccessControl)])
            others.AddSingleton(type, _services.GetRequiredService(type));
        others.AddScoped<CurrentActor>();
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

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
    public async Task SetPasswordAsync(Guid id)
    {
        await using PortalDbContext db = await OpenAsync();
        (await db.Users.SingleAsync(user => user.Id == id)).PasswordHash = "x";
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
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private static void Add(IServiceCollection services, string directory)
    {
        services.AddLogging().AddOptions();
        services.Configure<PortalOptions>(options => options.DataDirectory = directory);
        services.Configure<IdentityOptions>(AccountRegistration.ConfigureStores);
        services.AddDatabase(new ConfigurationBuilder().Build()).AddCredentials().AddAccess();
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<AuditTrail>().AddSingleton<SettingsService>().AddSingleton<OneTimeLinks>().AddSingleton<VerificationActivity>();
        services.AddSingleton<ILookupNormalizer, FoldingNormalizer>();
        services.AddUsers().AddProxies().AddOverview();
    }
}
