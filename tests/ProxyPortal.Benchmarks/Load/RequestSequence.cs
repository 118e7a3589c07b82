using System.Diagnostics.CodeAnalysis;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>What a run sends, in order: again and again until the time is up, or each once and then the run is over.</summary>
internal abstract class RequestSequence
{
    public static RequestSequence Repeating(PreparedRequest[] requests) => new Prepared(requests, repeats: true);

    public static RequestSequence EachOnce(ReadOnlyMemory<PreparedRequest> requests) => new Prepared(requests, repeats: false);

    /// <summary>Never the same twice: made when it is sent, which only a client with time to spare can afford.</summary>
    public static RequestSequence Made(Func<PreparedRequest> make) => new Endless(make);

    public abstract bool TryTake([NotNullWhen(true)] out PreparedRequest? request);

    private sealed class Prepared(ReadOnlyMemory<PreparedRequest> requests, bool repeats) : RequestSequence
    {
        private int _next;

        public override bool TryTake([NotNullWhen(true)] out PreparedRequest? request)
        {
            if (repeats && _next == requests.Length) _next = 0;
            request = _next < requests.Length ? requests.Span[_next++] : null;
            return request is not null;
        }
    }

    private sealed class Endless(Func<PreparedRequest> make) : RequestSequence
    {
        public override bool TryTake([NotNullWhen(true)] out PreparedRequest? request)
        {
            request = make();
            return true;
        }
    }
}
