using System.CommandLine;
using ProxyPortal.Benchmarks.Cases;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>The benchmark of POST /api/v1/verify, side by side with a bare endpoint.</summary>
internal static class VerifyCommand
{
    private static readonly Option<int> Rounds = Count("--rounds", 5, "Rounds; the cases take turns in each");
    private static readonly Option<int> Seconds = Count("--seconds", 3, "Seconds a case is loaded in a round");
    private static readonly Option<int> WarmUp = Count("--warm-up", 10, "Seconds each server is warmed up first");
    private static readonly Option<int> Connections = Count("--connections", 32, "Kept-alive connections");
    private static readonly Option<int> Devices = Count("--devices", 40_000, "Device secrets, used once each");
    private static readonly Option<int> Passwords = Count("--passwords", 330, "Unproved passwords, used once each");
    private static readonly Option<bool> SelfCheck = new("--self-check") { Description = "Also compare the bare server with itself: the noise" };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Write the results to this file too" };

    private static readonly Option<string[]> Cases = new Option<string[]>("--cases")
    {
        Description = "Only these cases (bare is always measured)",
        AllowMultipleArgumentsPerToken = true,
    }.AcceptOnlyFromAmong([.. CaseCatalog.All.Select(one => one.Name)]);

    public static Command Create()
    {
        var command = new Command("verify", "Measures the verification of credentials (the default).")
        {
            Rounds, Seconds, WarmUp, Connections, Devices, Passwords, Cases, SelfCheck, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation) => VerifyRun.ExecuteAsync(
        new VerifyOptions(
            parsed.GetValue(Rounds),
            TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
            TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
            parsed.GetValue(Connections),
            parsed.GetValue(Devices),
            parsed.GetValue(Passwords),
            parsed.GetValue(Cases) ?? [],
            parsed.GetValue(SelfCheck),
            parsed.GetValue(Json)),
        RunEnvironment.Read(),
        cancellation);

    /// <summary>A positive number that BENCH_NAME in the environment may set too.</summary>
    private static Option<int> Count(string name, int usual, string description)
    {
        var variable = $"BENCH_{name[2..].ToUpperInvariant().Replace('-', '_')}";
        var option = new Option<int>(name)
        {
            Description = $"{description} ({variable})",
            DefaultValueFactory = _ => RunEnvironment.Number(variable) ?? usual,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError($"{name} has to be at least 1.");
        });
        return option;
    }
}
