using System.Diagnostics;
using System.Globalization;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Bulk;

/// <summary>Each act is compared with the idle seconds before and after it.</summary>
internal static class BulkRun
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Aim = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(int users, RunEnvironment environment, CancellationToken cancellation)
    {
        // Devices: passwords would have to be hashed first.
        var accounts = new AccountSet(passwords: 0, remembered: 1, crowd: 1000) { ApiToken = AccountSet.Secret() };
        using var servers = new ServerSet();
        var start = await ServerStarts.PortalAsync(accounts, environment, cancellation);
        var server = await servers.StartAsync(start, environment, cancellation);
        using var portal = new BulkPortal(new Uri(start.Settings["Kestrel__Endpoints__Portal__Url"]), accounts.ApiToken);
        var requests = new Workload(accounts).ColdDevices;
        new LoadGenerator(server.Address, 8, VerifyDialect.Instance).Run(RequestSequence.Repeating(requests), TimeSpan.FromSeconds(10), stop: cancellation);
        var load = new PacedLoad(server.Address, requests);
        var until = TimeProvider.System.GetUtcNow().AddYears(1);
        (string What, Func<Task> Act)[] acts =
        [
            ("import", () => portal.ImportAsync(users, null, cancellation)),
            ("set expiry", () => portal.ChangeAsync(new { action = "setExpiry", filter = new { search = "import" }, validUntil = until }, users, cancellation)),
            ("suspend", () => portal.ChangeAsync(new { action = "suspend", filter = new { search = "import" } }, users, cancellation)),
            ("add tag", () => portal.ChangeAsync(new { action = "addTag", filter = new { search = "import" }, tag = "bench" }, users, cancellation)),
            ("remove from group", () => portal.ChangeAsync(new { action = "removeFromGroup", filter = new { search = "import" }, group = "bench" }, users, cancellation)),
        ];
        var findings = new List<Finding>();
        double? before = null;
        foreach (var (what, act) in acts)
        {
            before ??= await load.P99Async(() => Task.Delay(Idle, cancellation));
            using var writer = new OtherWriter(portal);
            var started = Stopwatch.GetTimestamp();
            var processor = server.ProcessorTime;
            var busy = await load.P99Async(act);
            processor = server.ProcessorTime - processor;
            var took = Stopwatch.GetElapsedTime(started);
            var refused = await writer.StopAsync();
            var after = await load.P99Async(() => Task.Delay(Idle, cancellation));
            var idle = (before.Value + after) / 2;
            before = after;
            findings.Add(new Finding(Invariant($"{what}, {users:N0} users"), Invariant($"< {Aim.TotalSeconds:0} s"), Invariant($"{took.TotalSeconds:F1} s ({processor.TotalSeconds:F1} s of a core)"), took < Aim));
            findings.Add(new Finding("  verification p99, to idle", "<= 2", Invariant($"{busy / idle:F2} ({busy:F2} ms to {idle:F2})"), busy / idle <= 2));
            await Console.Error.WriteLineAsync(Invariant($"{what}: {took.TotalSeconds:F1} s, {processor.TotalSeconds:F1} s of a core, p99 {busy:F2} ms to {idle:F2}"));
            findings.Add(new Finding("  longest time in which somebody else could not write", "", Invariant($"{refused.TotalSeconds:F1} s"), null));
        }
        return findings;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
