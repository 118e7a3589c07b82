using System.Net;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>Has passwords proved before anything is measured.</summary>
internal static class Proving
{
    // Proving costs hashes, and few of them fit into the portal's queue.
    private const int Connections = 2;

    public static void Run(IPEndPoint server, PreparedRequest[] requests, Dialect dialect) =>
        new LoadGenerator(server, Connections, dialect).Run(RequestSequence.EachOnce(requests), TimeSpan.MaxValue);

    public static void Run(IPEndPoint portal, AccountSet accounts) => Run(portal, new Workload(accounts).RememberedAndGuesses, VerifyDialect.Instance);
}
