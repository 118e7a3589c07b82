using System.CommandLine;

namespace ProxyPortal.Hosting;

/// <summary>The verbs of the program. Exit codes: 0 done, 1 refused (the reason is on stderr), 2 usage.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        (string[] configuration, string[] rest) = ConfigurationArguments.Split(args);
        ParseResult parsed = Create(configuration).Parse(rest);
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
                await Console.Error.WriteLineAsync(message);
            await Console.Error.WriteLineAsync("See --help.");
            return Usage;
        }
        // The host ends itself on SIGTERM and Ctrl+C; a second handler would race with it.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await Refusals.GuardAsync(() => parsed.InvokeAsync(invocation));
    }

    /// <param name="configuration">Tokens that overrule configuration keys, for whichever verb runs.</param>
    private static RootCommand Create(string[] configuration)
    {
        var root = new RootCommand("ProxyPortal, the credential authority for forward proxies. Any configuration key can be given as --Section:Key=value; secrets cannot.");
        root.SetAction((_, cancellationToken) => ServeVerb.RunAsync(configuration, cancellationToken));

        var serve = new Command("serve", "Serve the portal and the verification. The default.");
        serve.SetAction((_, cancellationToken) => ServeVerb.RunAsync(configuration, cancellationToken));
        root.Add(serve);

        var apply = new Command("apply", "Create and update what FILE names and leave all else alone. Works while the portal runs.");
        Argument<string> bootstrapFile = AddFile(apply, "The bootstrap file (JSON).");
        apply.SetAction((parse, cancellationToken) => DataVerbs.ApplyAsync(configuration, parse.GetRequiredValue(bootstrapFile), cancellationToken));
        root.Add(new Command("bootstrap", "Configuration as code.") { apply });

        var reset = new Command("reset", "Take password, authenticator app, recovery codes and passkeys away from USERID, who has a role in the portal, and print a link by which they choose new ones within 15 minutes. Works while the portal runs.");
        var userId = new Argument<string>("USERID") { Description = "The account to rescue." };
        reset.Add(userId);
        reset.SetAction((parse, cancellationToken) => DataVerbs.ResetAsync(configuration, parse.GetRequiredValue(userId), cancellationToken));
        root.Add(new Command("admin", "Rescue.") { reset });

        root.Add(ImportVerb.Create(configuration, AddFile));

        var migrate = new Command("migrate", "Bring the database to this release's form; SQLite files are saved to backups/ first.");
        migrate.SetAction((_, cancellationToken) => DataVerbs.MigrateAsync(configuration, cancellationToken));
        root.Add(migrate);

        var verify = new Command("verify", "Walk the chain of audit entries and name the first that is not as it was written. Works while the portal runs.");
        verify.SetAction((_, cancellationToken) => DataVerbs.VerifyAuditAsync(configuration, cancellationToken));
        root.Add(new Command("audit", "The audit trail.") { verify });

        var backup = new Command("backup", "Write a checked copy of the SQLite database. Works while the portal runs. The keys are not in it: save the folder keys/ of the data directory apart from it.");
        Argument<string> backupFile = AddFile(backup, "Where to write the copy; an older one is replaced.");
        backup.SetAction((parse, cancellationToken) => DataVerbs.BackupAsync(configuration, parse.GetRequiredValue(backupFile), cancellationToken));
        root.Add(backup);

        var restore = new Command("restore", "Put a copy made by backup in the database's place. The portal must be stopped; everyone has to sign in again. The keys it was made with must be in keys/ of the data directory.");
        Argument<string> restoreFile = AddFile(restore, "The copy.");
        restore.SetAction((parse, cancellationToken) => DataVerbs.RestoreAsync(configuration, parse.GetRequiredValue(restoreFile), cancellationToken));
        root.Add(restore);
        return root;
    }

    private static Argument<string> AddFile(Command command, string description)
    {
        var file = new Argument<string>("FILE") { Description = description };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] or "" } token])
                result.AddError($"\"{token.Value}\" is not an option; a file of that name is written ./{token.Value}.");
        });
        command.Add(file);
        return file;
    }
}
