using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Peers;

internal static class PeersCommand
{
    public const int UsualUsers = 100_000;

    public static Command Create()
    {
        var users = LoadArguments.Count("--users", UsualUsers, "Users of the big directories");
        var command = new Command("peers", "Compares the portal with nginx, OpenLDAP and FreeRADIUS.") { users };
        LoadArguments.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() =>
            PeersRun.MeasureAsync(LoadArguments.Read(parsed), parsed.GetValue(users), RunEnvironment.Read(), cancellation)));
        return command;
    }
}
