using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>The servers that the cases ask, and those they need, all started for the whole run.</summary>
internal sealed class ServerSet : IDisposable
{
    private readonly Dictionary<string, ServerProcess> _servers = [];

    public ServerProcess this[string name] => _servers[name];

    public bool Has(string name) => _servers.ContainsKey(name);

    public async Task<ServerProcess> StartAsync(ServerStart start, RunEnvironment environment, CancellationToken cancellation)
    {
        var server = ServerProcess.Launch(start, environment);
        _servers.Add(start.Name, server);
        var needed = await ReadinessProbe.UntilReadyAsync(server, environment.ReadyLimit, cancellation);
        await Console.Error.WriteLineAsync($"{start.Name}: ready after {needed.TotalSeconds:0.0} s");
        return server;
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
}
