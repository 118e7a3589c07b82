using System.CommandLine;

namespace ProxyPortal.Benchmarks.Index;

/// <summary>The verb <c>index</c>: how long the directory takes to come into memory, what it weighs there, and how soon a change shows.</summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        var users = new Option<int>("--users") { Description = "How many users.", DefaultValueFactory = _ => 100_000 };
        var devices = new Option<int>("--devices") { Description = "Devices for each user.", DefaultValueFactory = _ => 0 };
        var command = new Command("index", "Loads a directory from SQLite and prints time, memory and the latency of a change.") { users, devices };
        command.SetAction((parse, cancellationToken) => IndexRun.RunAsync(parse.GetValue(users), parse.GetValue(devices), cancellationToken));
        return command;
    }
}
