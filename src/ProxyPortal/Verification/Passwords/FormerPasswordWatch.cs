using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using ProxyPortal.Credentials;
using ProxyPortal.Verification.Throttling;

namespace ProxyPortal.Verification.Passwords;

/// <summary>A wrong password that may be an earlier one of the same user.</summary>
internal sealed record Suspect(DigestKey Key, Guid UserId, string Login, IPAddress? Address, AttemptPlace Place, ulong Secret, long At);

/// <summary>
/// Finds out whether a wrong password is one that was replaced, after the answer was given and while no answer waits for a hash: nobody
/// can see from outside how long it takes. Each wrong password is looked at once; what is recognised is no guess and is known from then on.
/// </summary>
internal sealed partial class FormerPasswordWatch(
    FormerPasswords passwords, HashGate gate, AttemptThrottle throttle, SupersededUses uses, TimeProvider time, ILogger<FormerPasswordWatch> log) : BackgroundService
{
    private const int Kept = 3;
    private const int LongestQueue = 64;
    private const int Capacity = 20_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly BoundedMemory _superseded = new(Capacity, Lifetime, time);
    private readonly BoundedMemory _foreign = new(Capacity, Lifetime, time);
    private readonly Channel<(Suspect Suspect, byte[] Prepared)> _queue =
        Channel.CreateBounded<(Suspect, byte[])>(new BoundedChannelOptions(LongestQueue) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private int _open;

    /// <summary>Passwords that wait, or are being looked at.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Whether <paramref name="key"/> is an earlier password, and when it was replaced (UTC ticks).</summary>
    public bool IsSuperseded(in DigestKey key, out long replacedAt) => _superseded.TryFind(key, out replacedAt);

    /// <param name="suspect">What was wrong.</param>
    /// <param name="prepared">The password; copied, and the copy wiped after use.</param>
    public void Offer(Suspect suspect, ReadOnlySpan<byte> prepared)
    {
        if (_foreign.Contains(suspect.Key) || _superseded.Contains(suspect.Key))
            return;
        byte[] copy = prepared.ToArray();
        Interlocked.Increment(ref _open);
        if (!_queue.Writer.TryWrite((suspect, copy)))
            Close(copy);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach ((Suspect suspect, byte[] prepared) in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await LookAtAsync(suspect, prepared, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogLookUpFailed(exception);
            }
            finally
            {
                Close(prepared);
            }
        }
    }

    private async Task LookAtAsync(Suspect suspect, byte[] prepared, CancellationToken cancellationToken)
    {
        if (_foreign.Contains(suspect.Key) || _superseded.Contains(suspect.Key))
            return;
        foreach (FormerPassword former in await passwords.LatestAsync(suspect.UserId, Kept, cancellationToken))
        {
            SecretMatch? match = await gate.CompareWhenIdleAsync(Encoding.ASCII.GetBytes(former.Stored), prepared);
            if (match is not (SecretMatch.Match or SecretMatch.MatchRehashNeeded))
                continue;
            // Known first, forgiven second: whoever counts it now sees that it is known, and forgives it himself.
            _superseded.Add(suspect.Key, former.ReplacedAt.UtcTicks);
            throttle.Forgive(suspect.Place, suspect.Secret);
            uses.RecordSuperseded(suspect.UserId, suspect.Login, suspect.Address, former.ReplacedAt.UtcTicks, suspect.At);
            return;
        }
        _foreign.Add(suspect.Key);
    }

    private void Close(byte[] prepared)
    {
        CryptographicOperations.ZeroMemory(prepared);
        Interlocked.Decrement(ref _open);
    }

    [LoggerMessage(2043, LogLevel.Warning, "A wrong password could not be compared with earlier ones; it counts as a guess.")]
    private partial void LogLookUpFailed(Exception exception);
}
