using System.Reflection;
using Microsoft.Extensions.Options;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Proxies;

namespace ProxyPortal.Settings;

/// <summary>What an operator wants to know about the running process; never a secret: no connection string, no path of a key.</summary>
public sealed class SystemFacts(IConfiguration configuration, IOptions<DatabaseOptions> database, IOptions<PortalOptions> portal)
{
    public string Version { get; } = typeof(SystemFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion is { } full ? Shortened(full) : "unknown";

    public string PortalUrl => configuration["Kestrel:Endpoints:Portal:Url"] ?? SettingsService.DefaultPublicUrl;

    public string VerifyUrl => configuration[VerifyAddress.Key] ?? VerifyAddress.DefaultUrl;

    public string Database => database.Value.Provider switch
    {
        DatabaseProvider.Sqlite => "SQLite",
        DatabaseProvider.Postgres => "PostgreSQL",
        _ => throw new InvalidOperationException(database.Value.Provider.ToString()),
    };

    public string DataDirectory => Path.GetFullPath(portal.Value.DataDirectory);

    // The build appends the commit, of which the first characters tell two apart.
    private static string Shortened(string version) => version.IndexOf('+', StringComparison.Ordinal) is var plus and > 0 && version.Length > plus + 9 ? version[..(plus + 9)] : version;
}
