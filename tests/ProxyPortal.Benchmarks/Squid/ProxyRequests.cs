using System.Net;
using System.Text;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Squid;

/// <summary>Requests through a proxy to one small answer of an origin server.</summary>
internal sealed class ProxyRequests(IPEndPoint origin)
{
    public PreparedRequest[] Open() => [Build("", Verdict.Accepted)];

    /// <summary>Few users in turn, and one wrong password in a hundred.</summary>
    public PreparedRequest[] Few(AccountSet accounts) => Mixture.Of(
        [.. accounts.Remembered.Select(user => Build(user.UserId, user.Password, Verdict.Accepted))],
        Build(accounts.Guessed.UserId, accounts.WrongPassword, Verdict.Rejected));

    /// <summary>Everybody of the crowd in turn.</summary>
    public PreparedRequest[] Many(AccountSet accounts) =>
        [.. Enumerable.Range(0, accounts.Crowd).Select(number => Build(AccountSet.CrowdLogin(number), accounts.CrowdSecret, Verdict.Accepted))];

    public PreparedRequest Wrong(AccountSet accounts) => Build(AccountSet.CrowdLogin(0), accounts.WrongPassword, Verdict.Rejected);

    private PreparedRequest Build(string user, string password, Verdict expected) =>
        Build($"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}\r\n", expected);

    private PreparedRequest Build(string header, Verdict expected) =>
        new(Encoding.ASCII.GetBytes($"GET http://{origin}/health/ready HTTP/1.1\r\nHost: {origin}\r\n{header}\r\n"), expected);
}
