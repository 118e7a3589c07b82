using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>One line of the table: which server is asked, and with what. A new case is a new file here and a line in <see cref="CaseCatalog"/>.</summary>
internal abstract class BenchmarkCase(string name, string server)
{
    public string Name { get; } = name;

    /// <summary>The name of the server that is asked; cases may share one.</summary>
    public string Server { get; } = server;

    /// <summary>Whether a 503 is an allowed answer (counted and shown) because the case means to overload.</summary>
    public virtual bool MayShed => false;

    /// <summary>Requests that this server can answer from memory: they warm it up before every measurement.</summary>
    public abstract PreparedRequest[] Familiar(Workload workload);

    /// <summary>Requests that walk this case's own path once, before the first round; they are not used again.</summary>
    public virtual RequestSequence? Rehearsal(Workload workload, int rounds) => null;

    public abstract RequestSequence Measured(Workload workload, int round, int rounds);
}
