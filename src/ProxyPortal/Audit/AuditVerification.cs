using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

/// <summary>What became of walking the chain.</summary>
/// <param name="Checked">Entries that are as they were written.</param>
/// <param name="Unchained">Entries from before there was a chain, which it cannot vouch for.</param>
/// <param name="HeadId">The latest entry; 0 when there is none.</param>
/// <param name="HeadHash">Its hash in hexadecimal: kept elsewhere, it also proves that the whole database was not put back to an older state.</param>
/// <param name="BrokenId">The first entry that is not as it was written, or is not there; null when all are.</param>
/// <param name="Fault">A sentence about it.</param>
public sealed record AuditVerdict(long Checked, long Unchained, long HeadId, string HeadHash, long? BrokenId = null, string? Fault = null);

/// <summary>Walks the chain of audit entries. Works while others write.</summary>
internal sealed class AuditVerification(IDbContextFactory<PortalDbContext> contexts, AuditChain chain)
{
    private const int RowsAtOnce = 2000;

    public async Task<AuditVerdict> RunAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        AuditChainState? state = await db.AuditChain.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        long start = state?.StartId ?? long.MaxValue;
        long unchained = await db.AuditEntries.LongCountAsync(entry => entry.Id <= start, cancellationToken);
        long? sealedBefore = await db.AuditEntries.Where(entry => entry.Id <= start && entry.Hash != null).MinAsync(entry => (long?)entry.Id, cancellationToken);
        string head = state is null ? "" : Convert.ToHexStringLower(state.HeadHash);
        var verdict = new AuditVerdict(0, unchained, state?.HeadId ?? 0, head);
        if (sealedBefore is { } early)
            return verdict with { BrokenId = early, Fault = $"Entry {Say(early)} was written into a chain whose beginning is gone." };
        if (state is null)
            return verdict;
        (AuditVerdict walked, byte[] hash) = await WalkAsync(state, verdict, cancellationToken);
        if (walked.BrokenId is not null)
            return walked;
        if (!hash.AsSpan().SequenceEqual(state.HeadHash))
            return walked with { BrokenId = state.HeadId, Fault = $"Entry {Say(state.HeadId)} is not the one that was written last." };
        return chain.IsIntact(state) ? walked
            : walked with { BrokenId = state.HeadId, Fault = $"The record of where the chain begins and ends was changed: entries may be missing after {Say(state.HeadId)} or before {Say(state.StartId + 1)}." };
    }

    private async Task<(AuditVerdict Verdict, byte[] Hash)> WalkAsync(AuditChainState state, AuditVerdict verdict, CancellationToken cancellationToken)
    {
        byte[] hash = state.StartHash;
        long id = state.StartId;
        while (id < state.HeadId)
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            List<AuditEntry> entries = await db.AuditEntries.AsNoTracking().Where(entry => entry.Id > id && entry.Id <= state.HeadId)
                .OrderBy(entry => entry.Id).Take(RowsAtOnce).ToListAsync(cancellationToken);
            if (entries.Count == 0)
                return (verdict with { BrokenId = id + 1, Fault = $"Entry {Say(id + 1)} and all after it, up to {Say(state.HeadId)}, are missing." }, hash);
            foreach (AuditEntry entry in entries)
            {
                if (entry.Id != ++id)
                    return (verdict with { BrokenId = id, Fault = $"Entry {Say(id)} is missing." }, hash);
                hash = AuditChain.HashOf(hash, entry);
                if (entry.Hash is null || !hash.AsSpan().SequenceEqual(entry.Hash))
                    return (verdict with { BrokenId = id, Fault = $"Entry {Say(id)} ({entry.Action}, {entry.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}) is not as it was written, or the one before it was exchanged." }, hash);
                verdict = verdict with { Checked = verdict.Checked + 1 };
            }
        }
        return (verdict, hash);
    }

    private static string Say(long id) => id.ToString(CultureInfo.InvariantCulture);
}
