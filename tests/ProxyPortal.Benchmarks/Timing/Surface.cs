using System.Net;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>A place that refuses, and the kinds of requests that it must refuse alike. The first kind is what the others are held against.</summary>
internal abstract class Surface(string name, IPEndPoint server, IReadOnlyList<string> kinds)
{
    public string Name { get; } = name;

    public IPEndPoint Server { get; } = server;

    public IReadOnlyList<string> Kinds { get; } = kinds;

    /// <summary>One request of a kind; no two are equal, so that nothing is answered from a memory.</summary>
    public abstract byte[] Request(int kind);

    /// <summary>The answer without what is different in every answer.</summary>
    public abstract string Constant(ReadOnlySpan<byte> answer);
}
