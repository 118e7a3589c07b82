using System.CommandLine;
using ProxyPortal.Benchmarks.Attack;
using ProxyPortal.Benchmarks.Helper;
using ProxyPortal.Benchmarks.Index;
using ProxyPortal.Benchmarks.Peers;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Squid;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>Everything, one after the other, and one table of aims at the end.</summary>
internal static class AllCommand
{
    public static Command Create()
    {
        var command = new Command("all", "Runs every benchmark and prints one table of aims.");
        LoadArguments.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => MeasureAsync(LoadArguments.Read(parsed), RunEnvironment.Read(), cancellation)));
        return command;
    }

    private static async Task<IReadOnlyList<Finding>> MeasureAsync(LoadOptions load, RunEnvironment environment, CancellationToken cancellation) =>
    [
        // First, while nothing else has used this process's memory.
        .. await IndexRun.MeasureAsync(IndexCommand.Usual, cancellation),
        .. await VerifyRun.MeasureAsync(VerifyOptions.Usual(load), environment.Of("verify"), cancellation),
        .. await PeersRun.MeasureAsync(load, PeersCommand.UsualUsers, environment.Of("peers"), cancellation),
        .. await AttackRun.MeasureAsync(load, AttackCommand.UsualAttackers, environment.Of("attack"), cancellation),
        .. await SquidRun.MeasureAsync(load, SquidCommand.UsualUsers, environment.Of("squid"), cancellation),
        .. await HelperRun.MeasureAsync(load, environment.Of("helper"), cancellation),
    ];
}
