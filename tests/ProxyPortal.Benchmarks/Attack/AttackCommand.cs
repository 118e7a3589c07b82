using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Attack;

internal static class AttackCommand
{
    public const int UsualAttackers = 64;

    public static Command Create()
    {
        var attackers = LoadArguments.Count("--attackers", UsualAttackers, "Connections that guess");
        var command = new Command("attack", "Measures what verified users notice of others who guess.") { attackers };
        LoadArguments.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() =>
            AttackRun.MeasureAsync(LoadArguments.Read(parsed), parsed.GetValue(attackers), RunEnvironment.Read(), cancellation)));
        return command;
    }
}
