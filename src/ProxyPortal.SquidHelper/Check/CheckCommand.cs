using System.CommandLine;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Check;

/// <summary>What an administrator runs on the proxy's host, as the user that Squid runs as.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        HelperOptions options = new(cacheTtl: 60, negativeTtl: 10);
        Option<bool> login = new("--login")
        {
            Description = "Also verify one login: user on the first line of standard input, password on the second. It counts like any other.",
        };
        Command command = new("check", "Tests key file, portals, TLS, caller key, endpoint and clock, without a login that could count as a wrong one. Exit code 0 when all is well.");
        options.AddConnectionTo(command);
        command.Options.Add(login);
        command.SetAction(parsed => RunAsync(options, parsed, parsed.GetValue(login)).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(HelperOptions options, ParseResult parsed, bool withLogin)
    {
        (PortalUrl[] urls, string? keyFile, string? endpoint, TimeSpan timeout) = options.ReadConnection(parsed);
        CheckReport report = new(Console.Out);
        string? key = CheckKeyFile(urls, keyFile, report);
        (string? User, string? Password) login = withLogin ? (Console.In.ReadLine(), Console.In.ReadLine()) : default;
        foreach (PortalUrl url in urls)
        {
            PortalCheck check = new(url, key, endpoint, timeout, TimeProvider.System, report);
            await check.RunAsync(login.User, login.Password);
        }

        if (withLogin && string.IsNullOrEmpty(login.Password))
            report.Failed("login: standard input has to hold the user on its first line and the password on its second.");
        return report.HasFailed ? 1 : 0;
    }

    private static string? CheckKeyFile(PortalUrl[] urls, string? path, CheckReport report)
    {
        if (path is null)
        {
            if (urls.Any(url => url.SocketPath is null))
                report.Failed("key file: --key-file is missing; over TCP the portal knows this proxy by its caller key only.");
            return null;
        }

        if (CallerKeyFile.TryRead(path, out string key, out string fault))
            report.Ok($"key file {path}: readable by its owner only.");
        else
            report.Failed(fault);
        return key.Length == 0 ? null : key;
    }
}
