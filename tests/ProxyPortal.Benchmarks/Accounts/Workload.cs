using System.Text;
using System.Text.Json;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>Every request of the benchmark as bytes, ready before anything is measured.</summary>
internal sealed class Workload
{
    private const int WrongOneIn = 100;
    private readonly string _callerKey;
    private int _sources;

    public Workload(AccountSet accounts)
    {
        _callerKey = accounts.CallerKey;
        Remembered = [.. accounts.Remembered.Select(account => Request(account.UserId, account.Password!, ExpectedAnswer.Accepted))];
        Guess = Request(accounts.Guessed.UserId, accounts.WrongPassword, ExpectedAnswer.Rejected);
        RememberedAndGuesses = [.. Enumerable.Range(0, Remembered.Length * WrongOneIn).Select(RightOrWrong)];
        ColdPasswords = [.. accounts.Forgotten.Select(account => Request(account.UserId, account.Password!, ExpectedAnswer.Accepted))];
        ColdDevices = [.. accounts.DeviceOwners.SelectMany(DeviceRequests)];
    }

    public PreparedRequest[] Remembered { get; }

    public PreparedRequest Guess { get; }

    /// <summary>What users of a running proxy send: passwords known to be right, and 1 % of a wrong one.</summary>
    public PreparedRequest[] RememberedAndGuesses { get; }

    public PreparedRequest[] ColdPasswords { get; }

    public PreparedRequest[] ColdDevices { get; }

    private PreparedRequest RightOrWrong(int index) => index % WrongOneIn == WrongOneIn - 1 ? Guess : Remembered[index % Remembered.Length];

    // The devices of one owner stand together; the owners' order is what a cache would see.
    private IEnumerable<PreparedRequest> DeviceRequests(Account owner) =>
        owner.Devices.Select(device => Request($"{owner.UserId}+{device.Name}", device.Secret, ExpectedAnswer.Accepted));

    private PreparedRequest Request(string userId, string password, ExpectedAnswer expected)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new VerifyBody("Basic", userId, password, NextSource(), BootstrapFile.Endpoint), VerifyJson.Default.VerifyBody);
        var head = $"""
            POST /api/v1/verify HTTP/1.1
            Host: localhost
            Authorization: Bearer {_callerKey}
            Content-Type: application/json
            Content-Length: {body.Length}


            """.ReplaceLineEndings("\r\n");
        return new PreparedRequest([.. Encoding.ASCII.GetBytes(head), .. body], expected);
    }

    // Every user has an address of its own in the range that RFC 2544 keeps for benchmarks, so that a guesser's throttle
    // hits the guesser only.
    private string NextSource()
    {
        var number = _sources++ % (1 << 17);
        return $"198.{18 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}";
    }
}
