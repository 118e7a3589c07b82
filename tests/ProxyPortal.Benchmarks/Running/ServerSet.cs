using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>The servers that the chosen cases ask, all started for the whole run.</summary>
internal sealed class ServerSet : IDisposable
{
    private readonly Dictionary<string, ServerProcess> _servers = [];

    public ServerProcess this[string name] => _servers[name];

    public async Task StartAsync(string name, AccountSet accounts, RunEnvironment environment, CancellationToken cancellation)
    {
        if (_servers.ContainsKey(name)) return;
        var server = ServerProcess.Launch(name == PortalCase.ServerName ? Portal(accounts, environment) : ServerStarts.Bare(name), environment);
        _servers.Add(name, server);
        var needed = await ReadinessProbe.UntilReadyAsync(server, environment.ReadyLimit, cancellation);
        Console.Error.WriteLine($"{name}: ready after {needed.TotalSeconds:0.0} s");
    }

    /// <summary>All of them, not only the one that is asked next: they share a core.</summary>
    public async Task RestAsync(CancellationToken cancellation)
    {
        foreach (var server in _servers.Values) await server.RestAsync(cancellation);
    }

    public void Dispose()
    {
        foreach (var server in _servers.Values) server.Dispose();
    }

    private static ServerStart Portal(AccountSet accounts, RunEnvironment environment)
    {
        var bootstrap = Path.Combine(environment.WorkDirectory, "bootstrap.json");
        BootstrapFile.Write(bootstrap, accounts);
        return ServerStarts.Portal(environment, bootstrap);
    }
}
