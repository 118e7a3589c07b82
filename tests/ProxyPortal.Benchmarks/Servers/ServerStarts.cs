using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>How the bare server and the portal are started. Both get free ports of the loopback address.</summary>
internal static class ServerStarts
{
    public static ServerStart Bare(string name)
    {
        var address = Loopback.FreeAddress();
        return new ServerStart(name, ["dotnet", typeof(ServerStarts).Assembly.Location, "bare", "--port", $"{address.Port}"], address, new HttpReadySign(new Uri($"http://{address}/health/ready")));
    }

    /// <summary>The product as it ships, told apart from an installation only by its addresses and its data.</summary>
    public static async Task<ServerStart> PortalAsync(AccountSet accounts, RunEnvironment environment, CancellationToken cancellation)
    {
        var data = Path.Combine(environment.WorkDirectory, "portal");
        var bootstrap = Path.Combine(environment.WorkDirectory, "bootstrap.json");
        BootstrapFile.Write(bootstrap, accounts);
        if (accounts.Crowd > 0) await Crowd.WriteAsync(data, accounts, cancellation);
        return Portal(environment, new()
        {
            ["Bootstrap__File"] = bootstrap,
            // Of use only to callers that remember answers: none may have to ask again for want of minutes.
            ["Verification__ValidForSeconds"] = "3600",
        });
    }

    /// <summary>The same without accounts; <paramref name="settings"/> come on top.</summary>
    public static ServerStart Portal(RunEnvironment environment, Dictionary<string, string> settings)
    {
        var data = Path.Combine(environment.WorkDirectory, "portal");
        var (portal, verify) = (Loopback.FreeAddress(), Loopback.FreeAddress());
        return new ServerStart("portal", ["dotnet", environment.PortalAssembly, "serve"], verify, new HttpReadySign(new Uri($"http://{portal}/health/ready")))
        {
            WorkingDirectory = Path.GetDirectoryName(environment.PortalAssembly)!,
            Settings = new Dictionary<string, string>(settings)
            {
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Portal__DataDirectory"] = data,
                ["ConnectionStrings__Portal"] = $"Data Source={Path.Combine(data, "portal.db")}",
                ["Kestrel__Endpoints__Portal__Url"] = $"http://{portal}",
                ["Kestrel__Endpoints__Verify__Url"] = $"http://{verify}",
            },
        };
    }
}
