using System.Diagnostics.CodeAnalysis;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>What a run sends, in order: again and again until the time is up, or each once and then the run is over.</summary>
internal sealed class RequestSequence
{
    private readonly ReadOnlyMemory<PreparedRequest> _requests;
    private readonly bool _repeats;
    private int _next;

    private RequestSequence(ReadOnlyMemory<PreparedRequest> requests, bool repeats)
    {
        _requests = requests;
        _repeats = repeats;
    }

    public static RequestSequence Repeating(PreparedRequest[] requests) => new(requests, repeats: true);

    public static RequestSequence EachOnce(ReadOnlyMemory<PreparedRequest> requests) => new(requests, repeats: false);

    public bool TryTake([NotNullWhen(true)] out PreparedRequest? request)
    {
        if (_repeats && _next == _requests.Length) _next = 0;
        request = _next < _requests.Length ? _requests.Span[_next++] : null;
        return request is not null;
    }
}
