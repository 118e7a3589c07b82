namespace ProxyPortal.Benchmarks.Load;

/// <summary>What a connection does that is told 503.</summary>
internal enum OnShed
{
    /// <summary>The answer is wrong and ends the benchmark.</summary>
    Fail,

    /// <summary>It leaves the run, as a caller that honours Retry-After would.</summary>
    Leave,

    /// <summary>It asks the next thing at once, as an attacker would.</summary>
    Insist,
}
