namespace ProxyPortal.Benchmarks.Running;

/// <summary>What tests/bench.sh has prepared, the same for every verb: handed over in the environment.</summary>
internal sealed record RunEnvironment(string WorkDirectory, string PortalAssembly, int? ServerCore, TimeSpan ReadyLimit)
{
    public IReadOnlyList<string> ServerPrefix => ServerCore is { } core ? ["taskset", "-c", $"{core}"] : [];

    /// <summary>The published Squid helper; null when the script could not make it.</summary>
    public string? Helper { get; } = Environment.GetEnvironmentVariable("BENCH_HELPER") is { Length: > 0 } path && File.Exists(path) ? path : null;

    /// <summary>The same with a folder of its own, for one benchmark among several.</summary>
    public RunEnvironment Of(string verb) => this with { WorkDirectory = Directory.CreateDirectory(Path.Combine(WorkDirectory, verb)).FullName };

    public static RunEnvironment Read() => new(
        Required("BENCH_WORK"),
        Required("BENCH_PORTAL"),
        Number("BENCH_SERVER_CORE"),
        TimeSpan.FromSeconds(Number("BENCH_READY_SECONDS") ?? 300));

    public static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : null;

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set: start the benchmark with tests/bench.sh.");
}
