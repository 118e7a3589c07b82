using System.Net;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>One line of the table: which server is asked, and with what. A new case of the verb verify is a new file here and a line in <see cref="CaseCatalog"/>.</summary>
internal abstract class BenchmarkCase(string name, string server)
{
    public string Name { get; } = name;

    /// <summary>The name of the server that is asked; cases may share one.</summary>
    public string Server { get; } = server;

    public virtual Dialect Dialect => VerifyDialect.Instance;

    /// <summary>What a 503 means: an allowed answer (counted and shown) where the case means to overload.</summary>
    public virtual OnShed OnShed => OnShed.Fail;

    /// <summary>Whether every request of a round may be asked once before it, to have its proof remembered.</summary>
    public virtual bool IsProvedFirst => true;

    /// <summary>Makes what the server needs, and says how to start it.</summary>
    public abstract Task<ServerStart> PrepareServerAsync(AccountSet accounts, RunEnvironment environment, CancellationToken cancellation);

    /// <summary>Requests that this server can answer from memory: they warm it up before every measurement.</summary>
    public abstract PreparedRequest[] Familiar(Workload workload);

    /// <summary>Requests that walk this case's own path once, before the first round; they are not used again.</summary>
    public virtual RequestSequence? Rehearsal(Workload workload, int rounds) => null;

    /// <summary>Somebody else who loads the server from just before the measurement to its end; null for nobody.</summary>
    public virtual IDisturbance? Disturb(Workload workload, IPEndPoint server) => null;

    public abstract RequestSequence Measured(Workload workload, int round, int rounds);
}
