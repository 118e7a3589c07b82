using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Squid;

internal static class SquidCommand
{
    public const int UsualUsers = 100_000;

    public static Command Create()
    {
        var users = LoadArguments.Count("--users", UsualUsers, "Users in turn at the worst");
        var command = new Command("squid", "Puts the same load through a real Squid with one helper or another.") { users };
        LoadArguments.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() =>
            SquidRun.MeasureAsync(LoadArguments.Read(parsed), parsed.GetValue(users), RunEnvironment.Read(), cancellation)));
        return command;
    }
}
