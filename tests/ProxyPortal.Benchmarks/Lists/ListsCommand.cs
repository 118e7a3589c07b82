using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Lists;

/// <summary>The verb <c>lists</c>: how long the server needs for the users page.</summary>
internal static class ListsCommand
{
    public static Command Create()
    {
        var users = LoadArguments.Count("--users", 1_000_000, "How many users");
        var times = LoadArguments.Count("--times", 5, "How often each question is asked");
        var data = new Option<string?>("--data") { Description = "A directory that keeps the database for the next run." };
        var command = new Command("lists", "Asks for the users page in every order, by every status and by searches.") { users, times, data };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => ListsRun.MeasureAsync(parsed.GetValue(users), parsed.GetValue(times), parsed.GetValue(data), cancellation)));
        return command;
    }
}
