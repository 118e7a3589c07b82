using System.Buffers.Text;
using System.Security.Cryptography;

namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>Made-up users with random secrets, by the role that they play in the benchmark.</summary>
internal sealed class AccountSet
{
    private const string CrowdName = "user";
    private const string CrowdDevice = "laptop0";

    /// <param name="passwords">Passwords that nobody has used yet.</param>
    /// <param name="remembered">Users whose passwords are proved first.</param>
    /// <param name="crowd">Further users, only to be many; each has one device.</param>
    public AccountSet(int passwords, int remembered = 64, int crowd = 0)
    {
        Crowd = crowd;
        Remembered = People("remembered", remembered);
        Guessed = People("guessed", 1)[0];
        Forgotten = People("forgotten", passwords);
    }

    /// <summary>The proxy's key for asking the portal.</summary>
    public string CallerKey { get; } = Secret();

    /// <summary>Users whose passwords are proved before anything is measured.</summary>
    public IReadOnlyList<KnownUser> Remembered { get; }

    /// <summary>The one whom somebody tries to guess, always with the same <see cref="WrongPassword"/>.</summary>
    public KnownUser Guessed { get; }

    public string WrongPassword { get; } = Secret();

    /// <summary>Users whose passwords nobody has used yet.</summary>
    public IReadOnlyList<KnownUser> Forgotten { get; }

    /// <summary>Opens the management API; null where nobody needs it.</summary>
    public string? ApiToken { get; init; }

    public int Crowd { get; }

    /// <summary>The secret of every device of the crowd: what a look-up costs does not depend on it.</summary>
    public string CrowdSecret { get; } = Secret();

    public static string CrowdUser(int number) => $"{CrowdName}{number}";

    /// <summary>What a user of the crowd signs in with: the device's name, because proving so many passwords would take hours.</summary>
    public static string CrowdLogin(int number) => $"{CrowdUser(number)}+{CrowdDevice}";

    /// <summary>All whom the portal has to be told about, the crowd excepted.</summary>
    public IEnumerable<KnownUser> All => [.. Remembered, Guessed, .. Forgotten];

    private static List<KnownUser> People(string role, int count) =>
        [.. Enumerable.Range(0, count).Select(number => new KnownUser($"{role}-{number}", Secret()))];

    public static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
