using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Proxies;

namespace ProxyPortal.ApiTokens;

/// <summary>The tokens by which programs use the management API. They are made by administrators, and by tokens that may do everything:
/// so no token can give more than it has.</summary>
public sealed class ApiTokenService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, TimeProvider time)
{
    public const int LargestPage = 200;
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Error NotFound { get; } = new("not_found", "There is no such token.");

    /// <summary>How long a token holds when nobody says otherwise.</summary>
    public static TimeSpan UsualLifetime { get; } = TimeSpan.FromDays(90);

    /// <summary>When a token made now ends when nobody says otherwise.</summary>
    public DateTimeOffset UsualEnd => time.GetUtcNow() + UsualLifetime;

    /// <summary>A page of tokens, by name.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="pageSize">At most <see cref="LargestPage"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<PageOf<ApiTokenSummary>>> ListAsync(Actor actor, int page, int pageSize, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadApiTokens, "list", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<ApiToken> tokens = await db.ApiTokens.AsNoTracking().OrderBy(token => token.RevokedAt != null).ThenBy(token => token.Name).AtPage(page, pageSize, LargestPage).ToListAsync(cancellationToken);
        return new PageOf<ApiTokenSummary>([.. tokens.Select(Describe)], await db.ApiTokens.CountAsync(cancellationToken));
    }

    public async Task<Result<ApiTokenSummary>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadApiTokens, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Id == id, cancellationToken) is { } found ? Describe(found) : NotFound;
    }

    /// <summary>Makes a token. Errors: <c>proof_too_old</c>, <c>name_invalid</c>, <c>name_taken</c>, <c>scopes_invalid</c>, <c>expiresAt_invalid</c>.</summary>
    public async Task<Result<CreatedApiToken>> CreateAsync(Actor actor, ApiTokenInput input, CancellationToken cancellationToken)
    {
        if ((await access.RequireAsync(actor, Permission.EditApiTokens, "new token", cancellationToken) ?? access.RequireProof(actor)) is { } refused)
            return refused;
        if (Check(input) is { } fault)
            return fault;
        string secret = GeneratedSecret.Create(GeneratedSecret.ApiTokenPrefix);
        var token = new ApiToken
        {
            Name = input.Name,
            Digest = SecretDigests.OfKey(secret),
            Hint = GeneratedSecret.Hint(secret),
            Scopes = [.. ApiScopes.All.Where(input.Scopes.Contains)],
            CreatedAt = time.GetUtcNow(),
            CreatedBy = actor.Name,
            ExpiresAt = input.ExpiresAt?.ToUniversalTime(),
        };
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ApiTokens.AnyAsync(row => row.Name == input.Name, cancellationToken))
            return Taken(input.Name);
        db.ApiTokens.Add(token);
        audit.Add(db, actor, AuditAction.ApiTokenCreated, Target(token), after: new { token.Hint, token.Scopes, token.ExpiresAt });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Two at once: the unique index decided.
            return Taken(input.Name);
        }
        return new CreatedApiToken(Describe(token), secret);
    }

    /// <summary>Ends a token for good: its next call is refused. Doing it twice is no fault.</summary>
    public async Task<Result> RevokeAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditApiTokens, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ApiTokens.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } token)
            return NotFound;
        if (token.RevokedAt is not null)
            return Result.Success;
        token.RevokedAt = time.GetUtcNow();
        audit.Add(db, actor, AuditAction.ApiTokenRevoked, Target(token), before: new { token.Hint, token.Scopes });
        await db.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }

    private Error? Check(ApiTokenInput input)
    {
        if (ProxyInputRules.CheckName(input.Name) is { } fault)
            return fault;
        if (input.Scopes.Count == 0 || input.Scopes.Any(scope => !ApiScopes.All.Contains(scope)))
            return new Error("scopes_invalid", $"Choose at least one of {string.Join(", ", ApiScopes.All)}.", "scopes");
        return input.ExpiresAt is { } end && (end <= time.GetUtcNow() || end >= Latest)
            ? new Error("expiresAt_invalid", "A token ends at a time to come, before 2100.", "expiresAt") : null;
    }

    private ApiTokenSummary Describe(ApiToken token) => new(
        token.Id, token.Name, token.Hint, token.Scopes,
        token.RevokedAt is not null ? ApiTokenState.Revoked : token.ExpiresAt <= time.GetUtcNow() ? ApiTokenState.Expired : ApiTokenState.Valid,
        token.CreatedAt, token.CreatedBy, token.ExpiresAt, token.RevokedAt, token.LastUsedAt);

    private static AuditTarget Target(ApiToken token) => new("api_token", token.Id, token.Name);

    private static Error Taken(string name) => new("name_taken", $"There is or was a token {name}. Choose another name.", "name");
}
