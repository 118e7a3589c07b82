using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary>The portal among other programs that verify passwords. Whose program is missing is not measured.</summary>
internal static class PeersRun
{
    private const int Active = 1_000;
    private const string NginxFew = "nginx-plain-10", NginxMany = "nginx-ssha-100k", Slapd = "slapd-ssha-100k", Radius = "freeradius-pap-100k";

    /// <param name="options">How hard and how long.</param>
    /// <param name="users">Users of the big directories, the portal's among them.</param>
    /// <param name="environment">Where and on which core.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<Finding>> MeasureAsync(LoadOptions options, int users, RunEnvironment environment, CancellationToken cancellation)
    {
        PeerCase[] peers =
        [
            new NginxCase(NginxFew, PeerUsers.Few, password => "{PLAIN}" + password),
            new NginxCase(NginxMany, PeerUsers.Many, SaltedSha.Of),
            new SlapdCase(Slapd, PeerUsers.Many),
            new RadiusCase(Radius, PeerUsers.Many),
        ];
        BenchmarkCase[] cases = [new BareCase(BareCase.Reference), new HotCase(), .. peers.Where(peer => peer.IsInstalled)];
        var active = Math.Min(Active, Math.Max(1, users / 2));
        using var servers = new ServerSet();
        var measurements = await CaseRun.MeasureAsync(cases, servers, new AccountSet(passwords: 1, active, users - active), options, environment, cancellation);
        TableReport.Write(Console.Out, new Report(measurements, BareCase.Reference), $"{users:N0} users, {active:N0} of them active; peers in their own dialects", options, environment);
        var compare = new Comparison(measurements);
        return
        [
            compare.Rate("hot among 100,000 users to nginx auth_basic with 100,000 users and {SSHA}", "hot", NginxMany, 40),
            compare.Rate("hot to nginx auth_basic at its best (ten users, plain text)", "hot", NginxFew, 0.6),
            compare.Rate("hot to OpenLDAP binds, {SSHA}, 100,000 users", "hot", Slapd, 0.95),
            compare.Rate("hot to FreeRADIUS PAP from a users file, 100,000 users", "hot", Radius, 0.65),
        ];
    }
}
