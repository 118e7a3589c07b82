using System.Net;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>Everything needed to start a server under test and to know when it is ready.</summary>
internal sealed record ServerStart(string Name, IReadOnlyList<string> Command, IPEndPoint Address, IReadySign Ready)
{
    public string WorkingDirectory { get; init; } = "/";

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it runs on the client's core, because it only serves what is measured: an origin server, say.</summary>
    public bool BesideClient { get; init; }
}
