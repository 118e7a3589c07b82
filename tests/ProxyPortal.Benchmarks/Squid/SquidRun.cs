using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Helper;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Squid;

/// <summary>
/// The same load through a real Squid with one helper or another. Squid and its helpers have the servers' core, as they share a proxy's
/// machine; client, origin server and portal have the other.
/// </summary>
internal static class SquidRun
{
    private const int Few = 10, FewTtl = 60, WorstTtl = 1;
    private const string Open = "squid-open", Ncsa = "squid-ncsa-apr1", Ours = "squid-helper", FakeWorst = "squid-fake-worst", OursWorst = "squid-helper-worst", OursAsking = "squid-helper-asks";
    private static readonly string[] Programs = ["squid", "basic_ncsa_auth", "basic_fake_auth", "openssl"];

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(LoadOptions options, int users, RunEnvironment environment, CancellationToken cancellation)
    {
        List<Measurement> measurements = [];
        if (environment.Helper is { } helper && Programs.All(one => Servers.Programs.Find(one) is not null))
        {
            var accounts = new AccountSet(passwords: 1, Few, users);
            using var servers = new ServerSet();
            var cases = await CasesAsync(accounts, helper, servers, environment, cancellation);
            measurements = await CaseRun.MeasureAsync(cases, servers, accounts, options, environment, cancellation);
            TableReport.Write(Console.Out, new Report(measurements, Open), $"Through Squid, {Few} users or {users:N0} in turn", options, environment);
        }
        var compare = new Comparison(measurements);
        return
        [
            compare.Rate("through Squid, few users, credentialsttl 60 s: our helper to basic_ncsa_auth", Ours, Ncsa, 1.0),
            compare.Rate("through Squid, 100,000 users in turn, credentialsttl 1 s: our helper to basic_fake_auth", OursWorst, FakeWorst, 0.95),
            compare.Rate("  the same, the helper remembers nothing and asks the portal every time", OursAsking, FakeWorst),
            compare.Rate("  Squid's own share: our helper, few users, to no authentication at all", Ours, Open),
        ];
    }

    private static async Task<IReadOnlyList<BenchmarkCase>> CasesAsync(AccountSet accounts, string helper, ServerSet servers, RunEnvironment environment, CancellationToken cancellation)
    {
        var origin = await servers.StartAsync(ServerStarts.Bare("origin") with { BesideClient = true }, environment, cancellation);
        var portal = await servers.StartAsync((await ServerStarts.PortalAsync(accounts, environment, cancellation)) with { BesideClient = true }, environment, cancellation);
        Proving.Run(portal.Address, accounts);

        var folder = Directory.CreateDirectory(Path.Combine(environment.WorkDirectory, "squid-files")).FullName;
        var (program, key, file) = (Path.Combine(folder, "proxyportal-squid-helper"), Path.Combine(folder, "caller.key"), Path.Combine(folder, "users"));
        File.Copy(helper, program);
        await PortalHelper.WriteKeyAsync(key, accounts, cancellation);
        await CryptFile.WriteAsync(file, [.. accounts.Remembered, accounts.Guessed], "-apr1", cancellation);
        await SquidFiles.HandOverAsync("proxy", folder, cancellation);

        var requests = new ProxyRequests(origin.Address);
        var (few, many, wrong) = (requests.Few(accounts), requests.Many(accounts), requests.Wrong(accounts));
        string[] ncsa = [Servers.Programs.Find("basic_ncsa_auth")!, file], fake = [Servers.Programs.Find("basic_fake_auth")!];
        var remembering = PortalHelper.Command(program, portal.Address, key, remembers: true);
        return
        [
            new SquidCase(Open, SquidAuthentication.None, requests.Open()),
            new SquidCase(Ncsa, SquidAuthentication.OneByOne(ncsa, FewTtl), few),
            new SquidCase(Ours, SquidAuthentication.Concurrent(remembering, FewTtl), few),
            new SquidCase(FakeWorst, SquidAuthentication.OneByOne(fake, WorstTtl), many),
            new SquidCase(OursWorst, SquidAuthentication.Concurrent(remembering, WorstTtl), many, wrong),
            new SquidCase(OursAsking, SquidAuthentication.Concurrent(PortalHelper.Command(program, portal.Address, key, remembers: false), WorstTtl), many, wrong),
        ];
    }
}
