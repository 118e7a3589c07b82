using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProxyPortal.Access;
using ProxyPortal.Account;
using ProxyPortal.ApiTokens;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Bootstrap;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.HelpDesk;
using ProxyPortal.Integrations;
using ProxyPortal.Integrations.Squid;
using ProxyPortal.Languages;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Management;
using ProxyPortal.Monitoring;
using ProxyPortal.MyAccess;
using ProxyPortal.Notices;
using ProxyPortal.Overview;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Users.Api;
using ProxyPortal.Verification;

namespace ProxyPortal.Hosting;

/// <summary>Puts the application together; the order of the lines is the order of the pipeline.</summary>
internal static class PortalApp
{
    /// <param name="args">Configuration from the command line.</param>
    /// <param name="adjust">For tests: changes to the builder before anything is read from it.</param>
    /// <param name="quiet">Nothing is logged: for the verbs, whose output is their answer.</param>
    /// <exception cref="StartRefusedException">The configuration has faults.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adjust = null, bool quiet = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        // From a clone the files lie where the build found them, in Production too; a published portal has no such manifest.
        builder.WebHost.UseStaticWebAssets();
        ConfigurationDefaults.Add(builder.Configuration);
        adjust?.Invoke(builder);
        var startLog = new StartLog();
        startLog.Filter(builder.Logging);
        builder.Services.AddSingleton(startLog);
        if (quiet)
            builder.Logging.ClearProviders();
        if (ConfigurationFaults.Find(builder.Configuration) is { Count: > 0 } faults)
            throw new StartRefusedException(string.Join(Environment.NewLine, faults));
        AddServices(builder);
        WebApplication app = builder.Build();
        // First of all, so that a folder which cannot be used is what the operator hears of.
        _ = app.Services.GetRequiredService<DataDirectory>();
        Use(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        ConfigurationManager configuration = builder.Configuration;
        // The framework's lines about each request hold the query, into which a caller may have put a secret, and a scope and an
        // activity are made for them on every request even where nobody reads them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        var listeners = new Listeners();
        builder.WebHost.ConfigureKestrel(kestrel => listeners.Configure(kestrel, configuration));
        services.AddSingleton(listeners);
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<PortalOptions>(configuration.GetSection(PortalOptions.Section));
        services.Configure<DatabaseOptions>(configuration.GetSection(DatabaseOptions.Section));
        services.Configure<VerificationOptions>(configuration.GetSection(VerificationOptions.Section));
        services.Configure<AuditOptions>(configuration.GetSection(AuditOptions.Section));
        services.AddSingleton<DataDirectory>();
        services.AddDatabase(configuration);
        services.AddCredentials();
        services.AddAccess();
        services.AddAudit().AddApiTokens().AddSingleton<OneTimeLinks>();
        services.AddSettings();
        services.AddUsers();
        services.AddDevices();
        services.AddGroups();
        services.AddExpiryPolicies();
        services.AddProxies().AddPublishing();
        services.AddOverview();
        services.AddMyAccess().AddAsking().AddHelpDesk();
        services.AddBootstrap();
        services.AddVerification();
        services.AddIntegrations();
        services.AddTelemetry(configuration);
        services.AddAccounts();
        services.AddManagementApi();
        services.AddLanguages();
        services.AddMail(configuration).AddNotices();
        services.AddUserInterface();
        services.AddSessionKeys();
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (string proxy in configuration.GetSection("ForwardedHeaders:KnownProxies").Get<string[]>()
                ?? configuration["ForwardedHeaders:KnownProxies"]?.Split(',', StringSplitOptions.TrimEntries) ?? [])
                options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        });
    }

    private static void Use(WebApplication app)
    {
        app.UseVerifyListener();
        app.UseMetricsListener();
        // An empty list of known proxies would make the middleware trust everyone.
        if (app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.KnownProxies.Count > 0)
            app.UseForwardedHeaders();
        app.UsePublishedFiles();
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseExceptionHandler(PortalUrls.Error, createScopeForErrors: true);
        app.UseApiGate();
        app.UseKnownHosts();
        app.UseSameOriginCircuits();
        app.UseBoundedForms();
        app.UseAuthentication();
        app.UseMissingPages();
        app.UseAuthorization();
        app.UseIdempotency();
        app.UseQueryFields();
        app.UseAntiforgery();
        app.MapHealthApi();
        app.MapAccounts();
        app.MapLanguages();
        app.MapConnect();
        app.MapSquidErrorPages();
        app.MapManagementApi();
        app.MapAuditFile();
        app.MapUserDownloads();
        app.MapUserInterface();
    }

    /// <summary>Everything that must have happened before the first request: database, keys, bootstrap file, directory in memory.</summary>
    public static async Task PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        app.Services.GetRequiredService<DataLock>().Take();
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        await app.Services.GetRequiredService<KeyCheck>().RequireMatchAsync(cancellationToken);
        await app.Services.GetRequiredService<SettingsService>().LoadAsync(cancellationToken);
        if (app.Configuration["Bootstrap:File"] is { } file)
            await app.Services.GetRequiredService<BootstrapService>().ApplyFileAsync(file, cancellationToken);
        await app.Services.GetRequiredService<DirectoryFollower>().LoadAsync(cancellationToken);
    }
}
