using System.Net;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Peers;

/// <summary>Another program that verifies passwords, with the same users, asked by the same client in its own dialect.</summary>
internal abstract class PeerCase(string name, string program, Func<AccountSet, PeerUsers> choose) : BenchmarkCase(name, server: name)
{
    private PeerUsers? _users;
    private PreparedRequest[]? _requests;

    public bool IsInstalled => Programs.Find(program) is not null;

    // It remembers nothing that had to be proved first.
    public override bool IsProvedFirst => false;

    protected string Executable => Programs.Find(program) ?? throw new InvalidOperationException($"{program} is not installed.");

    public override async Task<ServerStart> PrepareServerAsync(AccountSet accounts, RunEnvironment environment, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(environment.WorkDirectory, Name)).FullName;
        var address = Loopback.FreeAddress(Dialect.Carrier);
        var command = await ConfigureAsync(Users(accounts), folder, address, cancellation);
        return new ServerStart(Name, command, address, new AnswerReadySign(address, Dialect, Requests(accounts)[0])) { WorkingDirectory = folder };
    }

    public override PreparedRequest[] Familiar(Workload workload) => Requests(workload.Accounts);

    public override RequestSequence Measured(Workload workload, int round, int rounds) => RequestSequence.Repeating(Requests(workload.Accounts));

    /// <summary>Writes the peer's own files into <paramref name="folder"/>; returns the command that serves them.</summary>
    protected abstract Task<IReadOnlyList<string>> ConfigureAsync(PeerUsers users, string folder, IPEndPoint address, CancellationToken cancellation);

    protected abstract PreparedRequest Request(string userId, string password, Verdict expected, int number);

    private PeerUsers Users(AccountSet accounts) => _users ??= choose(accounts);

    private PreparedRequest[] Requests(AccountSet accounts) => _requests ??= Build(accounts);

    private PreparedRequest[] Build(AccountSet accounts)
    {
        var users = Users(accounts);
        PreparedRequest[] right = [.. users.Active.Select((user, number) => Request(user.UserId, user.Password, Verdict.Accepted, number))];
        return Mixture.Of(right, Request(users.Guessed.UserId, accounts.WrongPassword, Verdict.Rejected, right.Length));
    }
}
