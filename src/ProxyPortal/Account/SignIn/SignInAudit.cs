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

    public async Task FailedAsync(Actor actor, AuditTarget target, string door, string reason, CancellationToken cancellationToken)
    {
        if (Count($"{SignInThrottle.SourceOf(actor.Address)}|{target.Id}|{door}|{reason}") is { } attempts)
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
