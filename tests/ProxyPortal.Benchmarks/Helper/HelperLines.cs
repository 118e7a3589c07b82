using System.Text;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Helper;

/// <summary>Lines as Squid would write them, without the channel-ID.</summary>
internal static class HelperLines
{
    /// <summary>Known users in turn.</summary>
    public static PreparedRequest[] Right(AccountSet accounts) => [.. accounts.Remembered.Select(user => Line(user.UserId, user.Password, Verdict.Accepted))];

    /// <summary>The same with one wrong password in a hundred.</summary>
    public static PreparedRequest[] Mixed(AccountSet accounts) =>
        Mixture.Of(Right(accounts), Line(accounts.Guessed.UserId, accounts.WrongPassword, Verdict.Rejected));

    private static PreparedRequest Line(string user, string password, Verdict expected) => new(Encoding.ASCII.GetBytes($"{user} {password}\n"), expected);
}
