using System.Buffers.Text;
using System.Security.Cryptography;

namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>Made-up users with random secrets, by the role that they play in the benchmark.</summary>
internal sealed class AccountSet
{
    private const int RememberedCount = 64;

    // The benchmark asks about many devices, not about one user with very many of them.
    private const int DevicesPerUser = 4;

    public AccountSet(int devices, int passwords)
    {
        Remembered = People("remembered", RememberedCount);
        Guessed = People("guessed", 1)[0];
        Forgotten = People("forgotten", passwords);
        DeviceOwners = [.. Enumerable.Range(0, (devices + DevicesPerUser - 1) / DevicesPerUser).Select(Owner)];
    }

    /// <summary>The proxy's key for asking the portal.</summary>
    public string CallerKey { get; } = Secret();

    /// <summary>Users whose passwords are proved before anything is measured.</summary>
    public IReadOnlyList<Account> Remembered { get; }

    /// <summary>The one whom somebody tries to guess, always with the same <see cref="WrongPassword"/>.</summary>
    public Account Guessed { get; }

    public string WrongPassword { get; } = Secret();

    /// <summary>Users whose passwords nobody has used yet.</summary>
    public IReadOnlyList<Account> Forgotten { get; }

    public IReadOnlyList<Account> DeviceOwners { get; }

    public IEnumerable<Account> All => [.. Remembered, Guessed, .. Forgotten, .. DeviceOwners];

    private static List<Account> People(string role, int count) =>
        [.. Enumerable.Range(0, count).Select(number => new Account($"{role}-{number}", Secret(), []))];

    private static Account Owner(int number) =>
        new($"owner-{number}", null, [.. Enumerable.Range(0, DevicesPerUser).Select(device => new Device($"device{device}", Secret()))]);

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
