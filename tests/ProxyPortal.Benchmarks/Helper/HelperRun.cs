using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Helper;

/// <summary>
/// Helpers on their standard input, without a Squid. A helper has the servers' core for itself and the client the other one; only
/// where the portal has to be asked does it get the servers' core, and our helper shares the client's.
/// </summary>
internal static class HelperRun
{
    private const int Outstanding = 64;
    private const string Fake = "basic_fake_auth", Crypt = "basic_ncsa_auth-sha512", Memory = "helper-memory", Asking = "helper-asks-portal";
    private static readonly TimeSpan LeadIn = TimeSpan.FromMilliseconds(300);

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(LoadOptions options, RunEnvironment environment, CancellationToken cancellation)
    {
        var accounts = new AccountSet(passwords: 1);
        using var servers = new ServerSet();
        var cases = await CasesAsync(accounts, servers, environment, cancellation);
        var measurements = Measure(cases, options, environment);
        if (measurements.Count > 0)
            TableReport.Write(Console.Out, new Report(measurements, measurements[0].Case), "Squid helpers on their standard input", options with { Connections = Outstanding }, environment);
        var compare = new Comparison(measurements);
        return
        [
            compare.Rate("helper, 64 lines outstanding, from its memory, to basic_fake_auth", Memory, Fake, 0.4),
            compare.Rate("helper, 64 outstanding, every look-up asked of the portal, to basic_ncsa_auth SHA-512", Asking, Crypt, 50),
        ];
    }

    private static async Task<List<HelperCase>> CasesAsync(AccountSet accounts, ServerSet servers, RunEnvironment environment, CancellationToken cancellation)
    {
        var cases = new List<HelperCase>();
        var right = HelperLines.Right(accounts);
        var mixed = HelperLines.Mixed(accounts);
        if (Programs.Find("basic_fake_auth") is { } fake)
            cases.Add(new HelperCase(Fake, [fake], WithChannelId: false, right));
        if (Programs.Find("basic_ncsa_auth") is { } ncsa && Programs.Find("openssl") is not null)
        {
            var file = Path.Combine(environment.WorkDirectory, "ncsa-sha512");
            await CryptFile.WriteAsync(file, [.. accounts.Remembered, accounts.Guessed], "-6", cancellation);
            cases.Add(new HelperCase(Crypt, [ncsa, file], WithChannelId: false, mixed));
        }
        if (environment.Helper is { } helper)
        {
            var portal = await servers.StartAsync(await ServerStarts.PortalAsync(accounts, environment, cancellation), environment, cancellation);
            Proving.Run(portal.Address, accounts);
            var key = Path.Combine(environment.WorkDirectory, "caller.key");
            await PortalHelper.WriteKeyAsync(key, accounts, cancellation);
            cases.Add(new HelperCase(Memory, PortalHelper.Command(helper, portal.Address, key, remembers: true), WithChannelId: true, mixed));
            cases.Add(new HelperCase(Asking, PortalHelper.Command(helper, portal.Address, key, remembers: false), WithChannelId: true, mixed, BesideClient: true));
        }
        return cases;
    }

    private static List<Measurement> Measure(List<HelperCase> cases, LoadOptions options, RunEnvironment environment)
    {
        var helpers = cases.ConvertAll(one => new HelperProcess(one, environment));
        try
        {
            var loads = cases.Zip(helpers, (one, helper) => new HelperLoad(helper, one.WithChannelId, Outstanding)).ToList();
            for (var i = 0; i < cases.Count; i++) loads[i].Run(RequestSequence.Repeating(cases[i].Lines), options.WarmUp);
            var measurements = new List<Measurement>();
            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var i in round % 2 == 0 ? Enumerable.Range(0, cases.Count) : Enumerable.Range(0, cases.Count).Reverse())
                    measurements.Add(MeasureOne(cases[i], helpers[i], loads[i], round, options.Duration));
                Console.Error.WriteLine($"round {round + 1} of {options.Rounds} done");
            }
            return measurements;
        }
        finally
        {
            helpers.ForEach(helper => helper.Dispose());
        }
    }

    private static Measurement MeasureOne(HelperCase one, HelperProcess helper, HelperLoad load, int round, TimeSpan duration)
    {
        load.Run(RequestSequence.Repeating(one.Lines), LeadIn);
        var before = helper.ProcessorTime;
        var result = load.Run(RequestSequence.Repeating(one.Lines), duration);
        var spent = helper.ProcessorTime - before;
        return new Measurement(one.Name, round, result.Rps, result.Latencies.QuantileMs(0.50), result.Latencies.QuantileMs(0.99),
            spent.TotalMicroseconds / Math.Max(1, result.Answered), result.Answered, result.Shed, result.ClientBusy, OthersBusy: 0);
    }
}
