using System.Text;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Benchmarks.Index;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Hosting;

namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>Writes the many users straight into a new portal's database, before the portal starts: through the front door each would cost a hash.</summary>
internal static class Crowd
{
    public static async Task WriteAsync(string dataDirectory, AccountSet accounts, CancellationToken cancellation)
    {
        await using var app = PortalApp.Create(["--Portal:DataDirectory=" + dataDirectory], quiet: true);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellation);
        var digest = SecretDigests.OfDeviceSecret(app.Services.GetRequiredService<SecretKeys>().DeviceKey, Encoding.UTF8.GetBytes(accounts.CrowdSecret));
        await DirectoryFile.FillAsync(app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>(), accounts.Crowd, devices: 1, digest, cancellation);
    }
}
