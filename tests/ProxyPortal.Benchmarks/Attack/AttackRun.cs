using System.Globalization;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Attack;

/// <summary>What verified users notice of others who guess passwords.</summary>
internal static class AttackRun
{
    public static async Task<IReadOnlyList<Finding>> MeasureAsync(LoadOptions options, int attackers, RunEnvironment environment, CancellationToken cancellation)
    {
        var tally = new AttackTally();
        BenchmarkCase[] cases = [new VerifiedCase(VerifiedCase.Idle), new AttackedCase(attackers, tally)];
        using var servers = new ServerSet();
        var measurements = await CaseRun.MeasureAsync(cases, servers, new AccountSet(passwords: 32), options, environment, cancellation);
        TableReport.Write(Console.Out, new Report(measurements, VerifiedCase.Idle), "POST /api/v1/verify, idle and attacked", options, environment);
        var compare = new Comparison(measurements);
        return
        [
            compare.Rate($"verified users while {attackers} connections send nothing but wrong passwords, to idle: rate", AttackedCase.CaseName, VerifiedCase.Idle, 0.8),
            compare.P99("  the same: p99", AttackedCase.CaseName, VerifiedCase.Idle, 3),
            new Finding("  what the attackers were told, by kind", "", string.Create(CultureInfo.InvariantCulture,
                $"{tally.Rejected:N0} rejected, {tally.Shed:N0} times 503, 0 accepted; {tally.PerSecond:N0}/s"), null),
        ];
    }
}
