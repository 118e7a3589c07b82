using System.Net;
using System.Net.Sockets;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>How the bare server and the portal are started. Both get free ports of the loopback address.</summary>
internal static class ServerStarts
{
    public static ServerStart Bare(string name)
    {
        var address = FreeAddress();
        return new ServerStart(
            name,
            typeof(ServerStarts).Assembly.Location,
            ["bare", "--port", $"{address.Port}"],
            new Dictionary<string, string>(),
            address,
            new Uri($"http://{address}/health/ready"));
    }

    /// <summary>The product as it ships, told apart from an installation only by its addresses and its data.</summary>
    public static ServerStart Portal(RunEnvironment environment, string bootstrapFile)
    {
        var data = Path.Combine(environment.WorkDirectory, "portal");
        var (portal, verify) = (FreeAddress(), FreeAddress());
        return new ServerStart(
            "portal",
            environment.PortalAssembly,
            ["serve"],
            new Dictionary<string, string>
            {
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Portal__DataDirectory"] = data,
                ["ConnectionStrings__Portal"] = $"Data Source={Path.Combine(data, "portal.db")}",
                ["Kestrel__Endpoints__Portal__Url"] = $"http://{portal}",
                ["Kestrel__Endpoints__Verify__Url"] = $"http://{verify}",
                ["Bootstrap__File"] = bootstrapFile,
            },
            verify,
            new Uri($"http://{portal}/health/ready"));
    }

    private static IPEndPoint FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return (IPEndPoint)probe.LocalEndpoint;
    }
}
