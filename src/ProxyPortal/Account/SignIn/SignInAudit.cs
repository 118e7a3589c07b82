using ProxyPortal.Access;
using ProxyPortal.Audit;

namespace ProxyPortal.Account.SignIn;

/// <summary>Writes failed sign-ins into the audit trail: the first of an account and source at once, further ones as one entry with
/// their count after a minute, so that a guesser cannot fill the disk.</summary>
internal sealed class SignInAudit(AuditTrail audit, TimeProvider time)
{
    private const int Capacity = 5_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset WrittenAt, int Since)> _recent = new(StringComparer.Ordinal);

    /// <param name="actor">Nobody, at an address.</param>
    /// <param name="target">Whose sign-in failed.</param>
    /// <param name="tried">The name that was tried, folded. It decides whether anything is written, and nothing else does: a write takes time,
    /// and how long an answer took must not tell whether there is such an account.</param>
    /// <param name="door">What was tried.</param>
    /// <param name="reason">The true one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task FailedAsync(Actor actor, AuditTarget target, string tried, string door, string reason, CancellationToken cancellationToken)
    {
        // By its hash, which is another one in every process: people type passwords into the wrong field.
        string key = $"{SignInThrottle.SourceOf(actor.Address)}|{StringComparer.Ordinal.GetHashCode(tried)}|{door}|{(reason == "unknown" ? "mismatch" : reason)}";
        if (Count(key) is { } attempts)
            await audit.WriteAsync(actor, AuditAction.SignInFailed, target, new { door, reason, attempts }, cancellationToken);
    }

    private int? Count(string key)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            if (_recent.TryGetValue(key, out var entry) && now - entry.WrittenAt < Interval)
            {
                _recent[key] = (entry.WrittenAt, entry.Since + 1);
                return null;
            }
            if (_recent.Count >= Capacity)
                _recent.Clear();
            _recent[key] = (now, 0);
            return entry.Since + 1;
        }
    }
}
