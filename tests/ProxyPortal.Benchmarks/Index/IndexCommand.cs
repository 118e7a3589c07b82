using System.CommandLine;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Index;

/// <summary>The verb <c>index</c>: how long the directory takes to come into memory, what it weighs there, and how soon a change shows.</summary>
internal static class IndexCommand
{
    public static IndexOptions Usual { get; } = new(Users: 1_000_000, Devices: 2, Members: 1_000);

    public static Command Create()
    {
        var users = LoadArguments.Count("--users", Usual.Users, "How many users");
        var members = LoadArguments.Count("--members", Usual.Members, "Members of the group whose change is timed");
        var devices = new Option<int>("--devices") { Description = "Devices of each user.", DefaultValueFactory = _ => Usual.Devices };
        var command = new Command("index", "Loads a directory from SQLite and prints time, memory and the latency of a change.") { users, devices, members };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() =>
            IndexRun.MeasureAsync(new IndexOptions(parsed.GetValue(users), parsed.GetValue(devices), parsed.GetValue(members)), cancellation)));
        return command;
    }
}
