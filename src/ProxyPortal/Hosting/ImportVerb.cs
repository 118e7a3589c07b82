using System.CommandLine;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Users.Import;

namespace ProxyPortal.Hosting;

/// <summary><c>user import FILE</c>: what the import page does, for scripts. Faults stand on stderr, one a line, as compilers write theirs.</summary>
internal static class ImportVerb
{
    /// <param name="configuration">Tokens that overrule configuration keys.</param>
    /// <param name="addFile">Adds the argument FILE.</param>
    public static Command Create(string[] configuration, Func<Command, string, Argument<string>> addFile)
    {
        var import = new Command("import", "Add the users of FILE: all of them or, when there is any fault, none. Works while the portal runs; others who write wait meanwhile.");
        Argument<string> file = addFile(import, "The file: UTF-8.");
        var format = new Option<string>("--format") { Description = "csv (the first row names the columns) or htpasswd.", Required = true };
        format.AcceptOnlyFromAmong("csv", "htpasswd");
        var existing = new Option<string>("--existing") { Description = "Users who exist already: error (the default), skip, or update.", DefaultValueFactory = _ => "error" };
        existing.AcceptOnlyFromAmong("error", "skip", "update");
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would happen and change nothing." };
        var skipFaulty = new Option<bool>("--skip-faulty") { Description = "Leave rows with faults out and add the others." };
        import.Add(format);
        import.Add(existing);
        import.Add(dryRun);
        import.Add(skipFaulty);
        import.SetAction((parse, cancellationToken) =>
        {
            var options = new UserImportOptions(parse.GetValue(format) == "htpasswd" ? UserImportFormat.Htpasswd : UserImportFormat.Csv)
            {
                Existing = parse.GetValue(existing) switch { "skip" => ExistingUsers.Skip, "update" => ExistingUsers.Update, _ => ExistingUsers.Refuse },
                SkipsFaults = parse.GetValue(skipFaulty),
            };
            return RunAsync(configuration, parse.GetRequiredValue(file), options, parse.GetValue(dryRun), cancellationToken);
        });
        return new Command("user", "Users.") { import };
    }

    private static async Task<int> RunAsync(string[] configuration, string file, UserImportOptions options, bool isDryRun, CancellationToken cancellationToken)
    {
        if (File.Exists(file) && new FileInfo(file).Length > ImportText.MaxBytes)
            throw new StartRefusedException($"{file}: {ImportText.TooLarge.Message}");
        byte[] bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        await using WebApplication app = await DataVerbs.OpenAsync(configuration, cancellationToken);
        UserImportService import = app.Services.GetRequiredService<UserImportService>();
        if (isDryRun)
        {
            Result<UserImportPlan> preview = await import.PreviewAsync(Actor.Portal, bytes, options, cancellationToken);
            if (preview.Error is { } unreadable)
                throw new StartRefusedException($"{file}: {unreadable.Message}");
            return await TellAsync(file, preview.Value, options, "would be ");
        }
        Result<StartedImport> started = await import.StartAsync(Actor.Portal, bytes, options, cancellationToken);
        if (started.Error is { } error)
            throw new StartRefusedException($"{file}: {error.Message}");
        if (started.Value.Job is { } job)
        {
            await job.Completion;
            if (job.Problem is { } problem)
                throw new StartRefusedException($"{file}: {problem}");
        }
        return await TellAsync(file, started.Value.Plan, options, "");
    }

    private static async Task<int> TellAsync(string file, UserImportPlan plan, UserImportOptions options, string mood)
    {
        foreach (ImportFault fault in plan.Faults)
            await Console.Error.WriteLineAsync($"{file}:{fault.Row}: {(fault.Column is null ? "" : $"{fault.Column}: ")}{fault.Message}");
        if (plan.Faults.Count > 0 && !options.SkipsFaults)
        {
            await Console.Error.WriteLineAsync($"{plan.Faults.Count} faults: nothing {(mood.Length > 0 ? "would be" : "was")} imported.");
            return CommandLine.Refused;
        }
        await Console.Out.WriteLineAsync($"{file}: {plan.Created} {mood}added, {plan.Updated} {mood}updated, {plan.Skipped} left as they are.");
        return CommandLine.Done;
    }
}
