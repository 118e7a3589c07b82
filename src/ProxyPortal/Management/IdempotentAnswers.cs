using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.ApiTokens;
using ProxyPortal.Credentials;
using ProxyPortal.Data;

namespace ProxyPortal.Management;

/// <summary>An answer as it was given.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Those of ours that belong to it.</param>
/// <param name="Body">Base64 in the store.</param>
internal sealed record IdempotentAnswer(int Status, Dictionary<string, string> Headers, byte[] Body);

/// <summary>Calls that were done under an <c>Idempotency-Key</c>, for a day. An answer may hold a secret that is shown once, so it is sealed.</summary>
internal sealed class IdempotentAnswers(IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, SealedText seal, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Takes the key for a call; null when another call has it: see <see cref="FindAsync"/>.</summary>
    public async Task<IdempotentCall?> TakeAsync(Guid token, string key, byte[] digest, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await commits.EnterAsync(cancellationToken))
            await db.IdempotentCalls.Where(row => row.CreatedAt <= now - Lifetime).ExecuteDeleteAsync(cancellationToken);
        if (await db.IdempotentCalls.AnyAsync(row => row.TokenId == token && row.Key == key, cancellationToken))
            return null;
        var call = new IdempotentCall { TokenId = token, Key = key, RequestDigest = digest, CreatedAt = now };
        db.IdempotentCalls.Add(call);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Two at once: the unique index decided.
            return null;
        }
        return call;
    }

    public async Task<IdempotentCall?> FindAsync(Guid token, string key, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.IdempotentCalls.AsNoTracking().SingleOrDefaultAsync(row => row.TokenId == token && row.Key == key, cancellationToken);
    }

    public async Task KeepAsync(IdempotentCall call, IdempotentAnswer answer, CancellationToken cancellationToken)
    {
        string sealedAnswer = seal.Seal(JsonSerializer.Serialize(answer), ContextOf(call));
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await commits.EnterAsync(cancellationToken))
        {
            await db.IdempotentCalls.Where(row => row.Id == call.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, answer.Status).SetProperty(row => row.SealedAnswer, sealedAnswer), cancellationToken);
        }
    }

    /// <summary>Gives the key back: the call did nothing.</summary>
    public async Task ReleaseAsync(IdempotentCall call, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await commits.EnterAsync(cancellationToken))
            await db.IdempotentCalls.Where(row => row.Id == call.Id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The answer; null while the call has not finished.</summary>
    public IdempotentAnswer? Open(IdempotentCall call) =>
        call.SealedAnswer is null ? null : JsonSerializer.Deserialize<IdempotentAnswer>(seal.Open(call.SealedAnswer, ContextOf(call)));

    // An answer that is moved to the row of another token does not open there.
    private static string ContextOf(IdempotentCall call) => $"idempotent call {call.Id} {call.TokenId}";
}
