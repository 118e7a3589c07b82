namespace ProxyPortal.Benchmarks.Running;

/// <summary>One case in one round.</summary>
internal sealed record Measurement(
    string Case,
    int Round,
    double Rps,
    double P50Ms,
    double P99Ms,
    double ServerMicroseconds,
    long Answered,
    long Shed,
    double ClientBusy,
    double OthersBusy);
