using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Reporting;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>The portal beside a server that checks nothing.</summary>
internal static class VerifyRun
{
    public static async Task<IReadOnlyList<Finding>> MeasureAsync(VerifyOptions options, RunEnvironment environment, CancellationToken cancellation)
    {
        var cases = CaseCatalog.Choose(options.Cases, options.SelfCheck);
        using var servers = new ServerSet();
        var measurements = await CaseRun.MeasureAsync(cases, servers, new AccountSet(options.Passwords, crowd: options.Devices), options.Load, environment, cancellation);
        var report = new Report(measurements, BareCase.Reference);
        TableReport.Write(Console.Out, report, "POST /api/v1/verify", options.Load, environment);
        if (options.JsonFile is { } file) JsonReport.Write(file, report);
        var compare = new Comparison(measurements);
        return
        [
            compare.Rate("hot verification to a bare Kestrel JSON endpoint", "hot", BareCase.Reference, 0.90),
            compare.Rate("device secret never seen before, to the same", "device-cold", BareCase.Reference, 0.80),
        ];
    }
}
