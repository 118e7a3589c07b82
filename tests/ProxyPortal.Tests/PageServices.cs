using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Account;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Links;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.Tests;

/// <summary>The real services over a SQLite file of their own, without hosted services; the clock is the caller's.</summary>
public sealed class PageServices : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portal-test-").FullName;

    /// <summary>An administrator whose account exists, because every write looks it up.</summary>
    public Actor Administrator { get; private set; } = Actor.Nobody;

    /// <summary>Adds the services to <paramref name="services"/>, which must hold a <see cref="TimeProvider"/> already.</summary>
    public void AddTo(IServiceCollection services, params (string Key, string Value)[] configuration)
    {
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        services.AddSingleton(settings);
        services.AddLogging();
        services.Configure<PortalOptions>(settings.GetSection(PortalOptions.Section));
        services.PostConfigure<PortalOptions>(options => options.DataDirectory = _folder);
        services.Configure<DatabaseOptions>(settings.GetSection(DatabaseOptions.Section));
        services.Configure<VerificationOptions>(settings.GetSection(VerificationOptions.Section));
        services.Configure<IdentityOptions>(AccountRegistration.ConfigureStores);
        services.AddSingleton<DataDirectory>();
        services.AddDatabase(settings);
        services.AddCredentials();
        services.AddAccess();
        services.AddSingleton<AuditTrail>().AddSingleton<OneTimeLinks>();
        services.AddSettings();
        services.AddUsers();
        services.AddProxies();
        services.AddVerification();
        services.AddSingleton<ILookupNormalizer, FoldingNormalizer>();
    }

    public async Task StartAsync(IServiceProvider provider)
    {
        CancellationToken none = CancellationToken.None;
        await provider.GetRequiredService<DatabaseMigrator>().MigrateAsync(none);
        await provider.GetRequiredService<SettingsService>().LoadAsync(none);
        await provider.GetRequiredService<DirectoryFollower>().LoadAsync(none);
        Administrator = await AddPersonAsync(provider, "root", PortalRole.Administrator);
    }

    /// <summary>Creates an account and acts as it.</summary>
    public static async Task<Actor> AddPersonAsync(IServiceProvider provider, string userId, PortalRole role)
    {
        var created = await provider.GetRequiredService<UserService>().CreateAsync(Actor.Portal, new UserInput { UserId = userId, DisplayName = userId, Role = role }, CancellationToken.None);
        return new Actor(created.Value.Id, userId, role, null);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
