using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Bulk;

/// <summary>The verb <c>bulk</c>: how long changes of many users take, and what verification and other writers notice of them.</summary>
internal static class BulkCommand
{
    public const int UsualUsers = 100_000;

    public static Command Create()
    {
        var users = LoadArguments.Count("--users", UsualUsers, "How many users are imported and changed");
        var command = new Command("bulk", "Imports and changes many users while others verify and write.") { users };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => BulkRun.MeasureAsync(parsed.GetValue(users), RunEnvironment.Read(), cancellation)));
        return command;
    }
}
