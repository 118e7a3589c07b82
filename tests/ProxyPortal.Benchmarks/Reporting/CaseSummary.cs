namespace ProxyPortal.Benchmarks.Reporting;

/// <summary>One case over all rounds. Each number is the median of the rounds' numbers; ratios are to the reference in the same round.</summary>
internal sealed record CaseSummary(
    string Case,
    double Rps,
    double P50Ms,
    double P99Ms,
    double Ratio,
    double LowestRatio,
    double HighestRatio,
    double ServerMicroseconds,
    long Answered,
    long Shed,
    double ClientBusy,
    double OthersBusy);
