using System.Net;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>Everything needed to start a server under test and to know when it is ready.</summary>
internal sealed record ServerStart(
    string Name,
    string Assembly,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Settings,
    IPEndPoint Verify,
    Uri Ready);
