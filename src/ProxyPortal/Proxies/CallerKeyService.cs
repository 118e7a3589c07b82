using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Verification;

namespace ProxyPortal.Proxies;

/// <summary>The keys by which proxies prove themselves.</summary>
public sealed class CallerKeyService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, VerificationActivity activity, TimeProvider time)
{
    public static Error NotFound { get; } = new("not_found", "There is no such caller key.");

    /// <summary>Issues a further key. Two may be valid at a time: bring the new one to the proxy, then revoke the old. Errors: <c>too_many_keys</c>, and those of the fields.</summary>
    public Task<Result<IssuedCallerKey>> IssueAsync(Actor actor, Guid proxyId, CallerKeyInput input, CancellationToken cancellationToken) =>
        AddAsync(actor, proxyId, input, proxy => proxy.CallerKeys.Count(key => key.IsValid(time.GetUtcNow())) >= CallerKey.MaxValid
            ? new Error("too_many_keys", $"{CallerKey.MaxValid} keys are valid already. Revoke one of them first.", "key") : null, cancellationToken);

    /// <summary>Issues a key in the place of the present ones, which go on working for <paramref name="overlapHours"/>: the clock ends the rotation, nobody has to
    /// remember it. Of two valid keys the one that is older ends at once.</summary>
    public Task<Result<IssuedCallerKey>> RotateAsync(Actor actor, Guid proxyId, CallerKeyInput input, int overlapHours, CancellationToken cancellationToken) =>
        AddAsync(actor, proxyId, input, proxy =>
        {
            if (CallerKeyRules.CheckOverlap(overlapHours) is { } fault)
                return fault;
            DateTimeOffset now = time.GetUtcNow();
            DateTimeOffset end = now.AddHours(overlapHours);
            CallerKey[] present = [.. proxy.CallerKeys.Where(key => key.IsValid(now)).OrderByDescending(key => key.CreatedAt)];
            for (int i = 0; i < present.Length; i++)
            {
                if (i > 0 || overlapHours == 0)
                    present[i].RevokedAt = now;
                else if (present[i].ExpiresAt is null || present[i].ExpiresAt > end)
                    present[i].ExpiresAt = end;
            }
            return null;
        }, cancellationToken);

    /// <summary>Changes from where and until when a key works.</summary>
    public Task<Result> ChangeAsync(Actor actor, Guid proxyId, Guid keyId, CallerKeyInput input, CancellationToken cancellationToken) =>
        UpdateAsync(actor, proxyId, keyId, (db, proxy, key) =>
        {
            if (CallerKeyRules.Check(input, time.GetUtcNow()) is { } fault)
                return fault;
            object before = Snapshot(key);
            Apply(key, input);
            audit.Add(db, actor, AuditAction.CallerKeyChanged, Target(proxy), before, Snapshot(key));
            return null;
        }, cancellationToken);

    public Task<Result> RevokeAsync(Actor actor, Guid proxyId, Guid keyId, CancellationToken cancellationToken) =>
        UpdateAsync(actor, proxyId, keyId, (db, proxy, key) =>
        {
            key.RevokedAt ??= time.GetUtcNow();
            audit.Add(db, actor, AuditAction.CallerKeyRevoked, Target(proxy), before: new { key.Hint });
            return null;
        }, cancellationToken);

    /// <summary>Adds a new key to <paramref name="db"/>, to be saved by the caller.</summary>
    internal IssuedCallerKey Add(PortalDbContext db, Actor actor, Proxy proxy, CallerKeyInput input)
    {
        string key = GeneratedSecret.Create(GeneratedSecret.CallerKeyPrefix);
        var row = new CallerKey { ProxyId = proxy.Id, Digest = SecretDigests.OfKey(key), Hint = GeneratedSecret.Hint(key), CreatedAt = time.GetUtcNow() };
        Apply(row, input);
        db.CallerKeys.Add(row);
        audit.Add(db, actor, AuditAction.CallerKeyIssued, Target(proxy), after: Snapshot(row));
        return new IssuedCallerKey(row.Id, key);
    }

    internal CallerKeyDetail Describe(CallerKey key) => new(
        key.Id, key.Hint, key.CreatedAt, key.RevokedAt, key.ExpiresAt, key.Networks, key.Scopes, activity.LastUseOfKey(key.Id) ?? key.LastUsedAt, key.ExposedAt);

    private async Task<Result<IssuedCallerKey>> AddAsync(Actor actor, Guid proxyId, CallerKeyInput input, Func<Proxy, Error?> prepare, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditProxies, proxyId.ToString(), cancellationToken) is { } refused)
            return refused;
        if (CallerKeyRules.Check(input, time.GetUtcNow()) is { } fault)
            return fault;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Proxy? proxy = await db.Proxies.Include(row => row.CallerKeys).SingleOrDefaultAsync(row => row.Id == proxyId, cancellationToken);
        if (proxy is null)
            return ProxyService.NotFound;
        if (prepare(proxy) is { } error)
            return error;
        IssuedCallerKey issued = Add(db, actor, proxy, input);
        // Written with the key: of two who issue in the same instant, one finds the proxy changed, and there are never three keys.
        proxy.Version++;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ProxyService.Conflict;
        }
        return issued;
    }

    private async Task<Result> UpdateAsync(
        Actor actor, Guid proxyId, Guid keyId, Func<PortalDbContext, Proxy, CallerKey, Error?> change, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditProxies, proxyId.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        CallerKey? key = await db.CallerKeys.Include(row => row.Proxy).SingleOrDefaultAsync(row => row.Id == keyId && row.ProxyId == proxyId, cancellationToken);
        if (key?.Proxy is not { } proxy)
            return NotFound;
        if (change(db, proxy, key) is { } error)
            return error;
        await db.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }

    private static void Apply(CallerKey key, CallerKeyInput input) =>
        (key.Networks, key.Scopes, key.ExpiresAt) = ([.. input.Networks.Distinct(StringComparer.Ordinal)], [.. input.Scopes.Distinct(StringComparer.Ordinal)], input.ExpiresAt?.ToUniversalTime());

    private static AuditTarget Target(Proxy proxy) => new("proxy", proxy.Id, proxy.Name);

    private static object Snapshot(CallerKey key) => new { key.Hint, key.Networks, key.Scopes, key.ExpiresAt };
}
