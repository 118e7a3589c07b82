using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>The verb <c>timing</c>: whether an attacker's clock can tell apart what the answers keep to themselves.</summary>
internal static class TimingCommand
{
    public static Command Create()
    {
        var requests = new Option<int>("--requests") { Description = "Requests of each kind in a run", DefaultValueFactory = _ => 1000 };
        var runs = new Option<int>("--runs") { Description = "Runs; kinds differ only if they do in every run", DefaultValueFactory = _ => 3 };
        var surfaces = new Option<string[]>("--surfaces") { Description = "Only these: password, device, caller, sign-in, reset", AllowMultipleArgumentsPerToken = true };
        foreach (var count in new[] { requests, runs })
        {
            count.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1) result.AddError($"{count.Name} has to be at least 1.");
            });
        }
        var command = new Command("timing", "Measures whether refusals that must look alike take alike.") { requests, runs, surfaces };
        command.SetAction((parsed, cancellation) => TimingRun.ExecuteAsync(
            parsed.GetValue(requests), parsed.GetValue(runs), parsed.GetValue(surfaces) ?? [], RunEnvironment.Read(), cancellation));
        return command;
    }
}
