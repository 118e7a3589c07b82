using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Notices;

/// <summary>The verb <c>notices</c>: how long it takes to tell many people that their access ends, and what verification notices of it.</summary>
internal static class NoticesCommand
{
    public static Command Create()
    {
        var users = LoadArguments.Count("--users", 10_000, "How many users are told");
        var command = new Command("notices", "Tells many users that their access ends, while others verify.") { users };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => NoticesRun.MeasureAsync(parsed.GetValue(users), RunEnvironment.Read(), cancellation)));
        return command;
    }
}
