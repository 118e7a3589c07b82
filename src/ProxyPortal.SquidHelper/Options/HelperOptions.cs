using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ProxyPortal.SquidHelper.Options;

/// <summary>The options that every subcommand shares.</summary>
/// <param name="cacheTtl">Default of <c>--cache-ttl</c>, in seconds.</param>
/// <param name="negativeTtl">Default of <c>--negative-ttl</c>, in seconds.</param>
internal sealed class HelperOptions(int cacheTtl, int negativeTtl)
{
    // What is revoked during an outage stays usable for this long.
    private static readonly TimeSpan MaxGrace = TimeSpan.FromMinutes(15);

    private const int MaxConcurrency = 10_000;

    private readonly Option<PortalUrl[]> _url = new("--url")
    {
        Description = "The portal's verify listener: http(s)://host:port or unix:/path/to.sock. Repeat it to have others tried in this order.",
        HelpName = "URL",
        Required = true,
        CustomParser = PortalUrl.ParseAll,
    };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = "The file that holds the proxy's caller key, readable by its owner only. Not needed if every --url is a Unix socket.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = "The name of this proxy's endpoint in the portal; rules may depend on it.",
        HelpName = "NAME",
    };

    private readonly Option<Duration> _timeout = DurationOption(
        "--timeout", TimeSpan.FromMilliseconds(1500), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30), "How long one line may take in all; then it is answered BH.");

    private readonly Option<Duration> _cacheTtl = DurationOption(
        "--cache-ttl", TimeSpan.FromSeconds(cacheTtl), TimeSpan.Zero, TimeSpan.FromHours(1), "How long an acceptance is remembered; never longer than the portal allows with it.");

    private readonly Option<Duration> _negativeTtl = DurationOption(
        "--negative-ttl", TimeSpan.FromSeconds(negativeTtl), TimeSpan.Zero, TimeSpan.FromMinutes(5), "How long a rejection is remembered. Squid "
        + "forgets it at once, and a stale client would ask without end. A corrected password is another question: it is asked at once.");

    private readonly Option<Duration> _grace = DurationOption(
        "--grace", TimeSpan.Zero, TimeSpan.Zero, MaxGrace, "While no portal can be reached, keep accepting what was accepted this long ago, "
        + "unless it was rejected since. At most 15m; 0s lets nobody in during an outage.");

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Must equal concurrency= in squid.conf; 0 when Squid sends no channel-ID.",
        HelpName = "N",
        DefaultValueFactory = _ => 200,
        CustomParser = ParseConcurrency,
    };

    private readonly Option<bool> _defersToAcl = new("--defer-to-acl")
    {
        Description = "Let whoever proved the secret pass on to the external acl, which refuses expired and suspended accounts with a page "
        + "instead of one more prompt. Only together with the acl lines: without them such accounts get in.",
    };

    /// <summary>The options of <c>basic</c> alone.</summary>
    public void AddDeferralTo(Command command) => command.Options.Add(_defersToAcl);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_url, _keyFile, _endpoint, _timeout, _cacheTtl, _negativeTtl, _grace, _concurrency])
            command.Options.Add(option);
    }

    /// <summary>What a self-test needs: it looks at the rest of what was given itself.</summary>
    public void AddConnectionTo(Command command)
    {
        foreach (Option option in (Option[])[_url, _keyFile, _endpoint, _timeout])
            command.Options.Add(option);
    }

    public (PortalUrl[] Urls, string? KeyFile, string? Endpoint, TimeSpan Timeout) ReadConnection(ParseResult parsed) =>
        (parsed.GetRequiredValue(_url), parsed.GetValue(_keyFile), parsed.GetValue(_endpoint), parsed.GetValue(_timeout).Value);

    /// <summary>Reads the key file too; false with the one sentence why the helper does not start.</summary>
    public bool TryRead(ParseResult parsed, out HelperSettings? settings, out string fault)
    {
        settings = null;
        PortalUrl[] portals = parsed.GetRequiredValue(_url);
        string? key = null;
        if (parsed.GetValue(_keyFile) is { } path)
        {
            if (!CallerKeyFile.TryRead(path, out key, out fault))
                return false;
        }
        else if (portals.Any(portal => portal.SocketPath is null))
        {
            fault = "--key-file is missing: over TCP the portal knows this proxy by its caller key only.";
            return false;
        }

        fault = "";
        settings = new HelperSettings
        {
            Portals = portals,
            CallerKey = key,
            Endpoint = parsed.GetValue(_endpoint),
            Timeout = parsed.GetValue(_timeout).Value,
            CacheTtl = parsed.GetValue(_cacheTtl).Value,
            NegativeTtl = parsed.GetValue(_negativeTtl).Value,
            Grace = parsed.GetValue(_grace).Value,
            Concurrency = parsed.GetValue(_concurrency),
            DefersToAcl = parsed.GetValue(_defersToAcl),
        };
        return true;
    }

    private static Option<Duration> DurationOption(string name, TimeSpan value, TimeSpan from, TimeSpan to, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => new Duration(value),
        CustomParser = argument => Duration.Parse(argument, name, from, to),
    };

    private static int ParseConcurrency(ArgumentResult argument)
    {
        string text = argument.Tokens[^1].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > MaxConcurrency)
            argument.AddError($"--concurrency takes a number from 0 to {MaxConcurrency}, not '{text}'.");
        return count;
    }
}
