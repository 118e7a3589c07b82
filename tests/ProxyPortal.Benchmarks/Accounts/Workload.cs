using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>Every request of the benchmark as bytes, ready before anything is measured.</summary>
internal sealed class Workload
{
    private readonly VerifyRequests _requests;

    public Workload(AccountSet accounts)
    {
        Accounts = accounts;
        _requests = new VerifyRequests(accounts.CallerKey);
        Remembered = [.. accounts.Remembered.Select(account => _requests.Build(account.UserId, account.Password, Verdict.Accepted))];
        Guess = _requests.Build(accounts.Guessed.UserId, accounts.WrongPassword, Verdict.Rejected);
        RememberedAndGuesses = Mixture.Of(Remembered, Guess);
        ColdPasswords = [.. accounts.Forgotten.Select(account => _requests.Build(account.UserId, account.Password, Verdict.Accepted))];
        ColdDevices = [.. Enumerable.Range(0, accounts.Crowd).Select(number => _requests.Build(AccountSet.CrowdLogin(number), accounts.CrowdSecret, Verdict.Accepted))];
    }

    public AccountSet Accounts { get; }

    public PreparedRequest[] Remembered { get; }

    public PreparedRequest Guess { get; }

    /// <summary>What users of a running proxy send: passwords known to be right, and 1 % of a wrong one.</summary>
    public PreparedRequest[] RememberedAndGuesses { get; }

    public PreparedRequest[] ColdPasswords { get; }

    public PreparedRequest[] ColdDevices { get; }

    /// <summary>Guesses that nobody has tried before, of known and unknown names in turn, each from an address of its own: neither
    /// a memory of wrong passwords nor a limit for an address can answer them.</summary>
    public RequestSequence FreshGuesses()
    {
        var (run, number) = (Guid.CreateVersion7(), 0);
        return RequestSequence.Made(() =>
        {
            number++;
            var victim = number % 2 == 0 ? $"stranger-{number}" : Accounts.Forgotten[number % Accounts.Forgotten.Count].UserId;
            return _requests.Build(victim, $"guess {number} of {run}", Verdict.Rejected);
        });
    }
}
