using System.CommandLine;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>The options that the verbs share.</summary>
internal static class LoadArguments
{
    private static readonly Option<int> Rounds = Count("--rounds", 5, "Rounds; the cases take turns in each");
    private static readonly Option<int> Seconds = Count("--seconds", 3, "Seconds a case is loaded in a round");
    private static readonly Option<int> WarmUp = Count("--warm-up", 10, "Seconds each server is warmed up first");
    private static readonly Option<int> Connections = Count("--connections", 32, "Kept-alive connections");

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Rounds, Seconds, WarmUp, Connections]) command.Options.Add(option);
    }

    public static LoadOptions Read(ParseResult parsed) => new(
        parsed.GetValue(Rounds), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), TimeSpan.FromSeconds(parsed.GetValue(WarmUp)), parsed.GetValue(Connections));

    /// <summary>A positive number that BENCH_NAME in the environment may set too.</summary>
    public static Option<int> Count(string name, int usual, string description)
    {
        var variable = $"BENCH_{name[2..].ToUpperInvariant().Replace('-', '_')}";
        var option = new Option<int>(name)
        {
            Description = $"{description} ({variable})",
            DefaultValueFactory = _ => RunEnvironment.Number(variable) ?? usual,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError($"{name} has to be at least 1.");
        });
        return option;
    }
}
