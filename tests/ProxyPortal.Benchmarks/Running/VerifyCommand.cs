using System.CommandLine;
using ProxyPortal.Benchmarks.Cases;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>The benchmark of POST /api/v1/verify, side by side with a bare endpoint.</summary>
internal static class VerifyCommand
{
    private static readonly Option<int> Devices = LoadArguments.Count("--devices", 600_000, "Device secrets, used once each");
    private static readonly Option<int> Passwords = LoadArguments.Count("--passwords", 330, "Unproved passwords, used once each");
    private static readonly Option<bool> SelfCheck = new("--self-check") { Description = "Also compare the bare server with itself: the noise" };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Write the results to this file too" };

    private static readonly Option<string[]> Cases = new Option<string[]>("--cases")
    {
        Description = "Only these cases (bare is always measured)",
        AllowMultipleArgumentsPerToken = true,
    }.AcceptOnlyFromAmong([.. CaseCatalog.All.Select(one => one.Name)]);

    public static Command Create()
    {
        var command = new Command("verify", "Measures the verification of credentials (the default).");
        LoadArguments.AddTo(command);
        foreach (var option in (Option[])[Devices, Passwords, Cases, SelfCheck, Json]) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => VerifyRun.MeasureAsync(Read(parsed), RunEnvironment.Read(), cancellation)));
        return command;
    }

    private static VerifyOptions Read(ParseResult parsed) => new(
        LoadArguments.Read(parsed),
        parsed.GetValue(Devices),
        parsed.GetValue(Passwords),
        parsed.GetValue(Cases) ?? [],
        parsed.GetValue(SelfCheck),
        parsed.GetValue(Json));
}
