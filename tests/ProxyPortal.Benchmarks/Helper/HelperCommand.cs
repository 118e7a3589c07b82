using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Helper;

internal static class HelperCommand
{
    public static Command Create()
    {
        var command = new Command("helper", "Compares Squid helpers on their standard input.");
        LoadArguments.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => HelperRun.MeasureAsync(LoadArguments.Read(parsed), RunEnvironment.Read(), cancellation)));
        return command;
    }
}
