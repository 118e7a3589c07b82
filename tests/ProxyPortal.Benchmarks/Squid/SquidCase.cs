using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Squid;

/// <summary>One Squid, one worker, nothing cached, nothing logged.</summary>
/// <param name="name">Its line in the table.</param>
/// <param name="authentication">How it asks for users.</param>
/// <param name="requests">What comes in, in turn: a round goes on where the last one ended.</param>
/// <param name="wrong">Has to be rejected before anything is measured; null where nothing is ever rejected.</param>
internal sealed class SquidCase(string name, SquidAuthentication authentication, PreparedRequest[] requests, PreparedRequest? wrong = null) : BenchmarkCase(name, server: name)
{
    private const string SquidUser = "proxy";
    private readonly RequestSequence _inTurn = RequestSequence.Repeating(requests);

    public override Dialect Dialect { get; } = new StatusDialect(rejected: 407);

    // The portal's proofs are made before, without a Squid between.
    public override bool IsProvedFirst => false;

    public override async Task<ServerStart> PrepareServerAsync(AccountSet accounts, RunEnvironment environment, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(environment.WorkDirectory, Name)).FullName;
        var address = Loopback.FreeAddress();
        var configuration = Path.Combine(folder, "squid.conf");
        await File.WriteAllTextAsync(configuration, $"""
            http_port {address}
            visible_hostname bench
            pid_filename none
            cache_log {folder}/cache.log
            access_log none
            coredump_dir {folder}
            cache deny all
            pinger_enable off
            shutdown_lifetime 0 seconds
            max_filedescriptors 4096
            {authentication.Lines}

            """, cancellation);
        await SquidFiles.HandOverAsync(SquidUser, folder, cancellation);
        return new ServerStart(Name, [Programs.Find("squid")!, "-N", "-f", configuration], address, new AnswerReadySign(address, Dialect, requests[0])) { WorkingDirectory = folder };
    }

    public override PreparedRequest[] Familiar(Workload workload) => requests;

    public override RequestSequence? Rehearsal(Workload workload, int rounds) => wrong is null ? null : RequestSequence.EachOnce(new[] { wrong });

    public override RequestSequence Measured(Workload workload, int round, int rounds) => _inTurn;
}
