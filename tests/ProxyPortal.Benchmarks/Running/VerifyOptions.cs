namespace ProxyPortal.Benchmarks.Running;

internal sealed record VerifyOptions(
    int Rounds,
    TimeSpan Duration,
    TimeSpan WarmUp,
    int Connections,
    int Devices,
    int Passwords,
    IReadOnlyList<string> Cases,
    bool SelfCheck,
    FileInfo? JsonFile);
