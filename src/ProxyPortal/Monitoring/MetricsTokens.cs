using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Credentials;
using ProxyPortal.Data;

namespace ProxyPortal.Monitoring;

/// <summary>The API tokens that may read metrics, a few seconds old at most, so that guessing costs no database. A database that is gone
/// is when metrics are needed: what was known last then holds for a while.</summary>
internal sealed class MetricsTokens(IDbContextFactory<PortalDbContext> contexts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(15);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private Snapshot? _snapshot;
    private long _triedAt;

    public async Task<bool> MayReadAsync(string token, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(cancellationToken) is not { } known)
            return false;
        byte[] digest = SecretDigests.OfKey(token);
        DateTimeOffset now = time.GetUtcNow();
        return known.Readers.Any(one => CryptographicOperations.FixedTimeEquals(one.Digest, digest) && !(one.ExpiresAt <= now));
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<Snapshot?> CurrentAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_snapshot is null || time.GetElapsedTime(_triedAt) >= Freshness)
                await ReadAsync(cancellationToken);
            return _snapshot is { } known && time.GetElapsedTime(known.At) < LongestOutage ? known : null;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _triedAt = time.GetTimestamp();
        try
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            var tokens = await db.ApiTokens.AsNoTracking().Where(token => token.RevokedAt == null)
                .Select(token => new { token.Digest, token.Scopes, token.ExpiresAt }).ToListAsync(cancellationToken);
            _snapshot = new Snapshot([.. tokens.Where(token => token.Scopes.Any(scope => ApiScopes.Allows(scope, Permission.ReadMetrics))).Select(token => new Reader(token.Digest, token.ExpiresAt))], _triedAt);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            // Said already by those who need the database; here the last answer holds.
        }
    }

    private sealed record Snapshot(Reader[] Readers, long At);

    private sealed record Reader(byte[] Digest, DateTimeOffset? ExpiresAt);
}
