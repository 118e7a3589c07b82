namespace ProxyPortal.Benchmarks.Load;

/// <summary>What an answer means, in whatever dialect it was given.</summary>
internal enum Verdict
{
    Accepted,
    Rejected,

    /// <summary>No capacity: HTTP 503. Right only where a case means to overload.</summary>
    Shed,

    /// <summary>Anything else: never right.</summary>
    Other,
}
