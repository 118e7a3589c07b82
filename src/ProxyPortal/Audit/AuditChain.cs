using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

/// <summary>Chains audit entries: each holds the hash of itself and the one before, numbered without gaps, in the transaction that saves it.</summary>
/// <param name="key">Of the state's MAC; read when it is first needed.</param>
public sealed class AuditChain(Func<byte[]> key)
{
    private const byte FormatVersion = 1;

    // Any number that nothing else of ours locks by.
    private const long LockNumber = 0x5050_4155_4449_54;
    private readonly Lazy<byte[]> _key = new(key);

    /// <summary>What the first entry of all is chained to.</summary>
    public static byte[] Origin { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>Numbers and chains what is about to be saved. The caller has begun a transaction, and saves and commits.</summary>
    internal async Task ExtendAsync(PortalDbContext db, IReadOnlyList<EntityEntry<AuditEntry>> added, CancellationToken cancellationToken)
    {
        AuditChainState state = await LockAsync(db, cancellationToken);
        bool wasIntact = IsIntact(state);
        // A row that passed the chain by must not stop everyone else; verifying finds it.
        state.HeadId = Math.Max(state.HeadId, await db.AuditEntries.MaxAsync(entry => (long?)entry.Id, cancellationToken) ?? 0);
        foreach (EntityEntry<AuditEntry> entry in added.OrderBy(entry => entry.Property(row => row.Id).CurrentValue).ToList())
        {
            PropertyEntry<AuditEntry, long> id = entry.Property(row => row.Id);
            id.CurrentValue = ++state.HeadId;
            id.IsTemporary = false;
            state.HeadHash = entry.Entity.Hash = HashOf(state.HeadHash, entry.Entity);
        }
        await SaveAsync(db, state, wasIntact, cancellationToken);
    }

    /// <summary>The ends as they stand, locked until the caller's transaction is over. Entries that were there before come before the chain.</summary>
    internal async Task<AuditChainState> LockAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        // SQLite's transaction is the only one that writes already.
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockNumber})", cancellationToken);
        if (await db.AuditChain.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } state)
            return state;
        long last = await db.AuditEntries.MaxAsync(entry => (long?)entry.Id, cancellationToken) ?? 0;
        state = new AuditChainState { StartId = last, StartHash = Origin, HeadId = last, HeadHash = Origin, Mac = [] };
        state.Mac = MacOf(state);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO audit_chain (id, start_id, start_hash, removed_until, head_id, head_hash, mac) VALUES ({AuditChainState.OnlyId}, {state.StartId}, {state.StartHash}, {state.RemovedUntil}, {state.HeadId}, {state.HeadHash}, {state.Mac})", cancellationToken);
        return state;
    }

    /// <summary>Writes ends that moved. Ends that somebody had changed before must not become right again by it.</summary>
    internal Task SaveAsync(PortalDbContext db, AuditChainState state, bool wasIntact, CancellationToken cancellationToken)
    {
        state.Mac = wasIntact ? MacOf(state) : [];
        return db.AuditChain.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.StartId, state.StartId).SetProperty(row => row.StartHash, state.StartHash).SetProperty(row => row.RemovedUntil, state.RemovedUntil)
            .SetProperty(row => row.HeadId, state.HeadId).SetProperty(row => row.HeadHash, state.HeadHash).SetProperty(row => row.Mac, state.Mac), cancellationToken);
    }

    /// <summary>Whether the ends are as the portal wrote them.</summary>
    public bool IsIntact(AuditChainState state) => CryptographicOperations.FixedTimeEquals(state.Mac, MacOf(state));

    /// <summary>SHA-256 over the hash before and every field of <paramref name="entry"/>, each with its length, so that no two entries are alike.</summary>
    public static byte[] HashOf(byte[] before, AuditEntry entry)
    {
        using var form = new MemoryStream();
        using (var writer = new BinaryWriter(form, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(FormatVersion);
            writer.Write(before);
            writer.Write(entry.Id);
            writer.Write(entry.At.UtcTicks);
            foreach (string? text in (string?[])
                [entry.ActorId?.ToString("N"), entry.ActorName, entry.Address, entry.Action, entry.TargetKind, entry.TargetId?.ToString("N"), entry.TargetName, entry.Before, entry.After])
                Write(writer, text);
        }
        return SHA256.HashData(form.GetBuffer().AsSpan(0, (int)form.Length));
    }

    private byte[] MacOf(AuditChainState state)
    {
        using var form = new MemoryStream();
        using (var writer = new BinaryWriter(form, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(FormatVersion);
            writer.Write(state.StartId);
            writer.Write(state.StartHash);
            writer.Write(state.RemovedUntil);
            writer.Write(state.HeadId);
            writer.Write(state.HeadHash);
        }
        return HMACSHA256.HashData(_key.Value, form.GetBuffer().AsSpan(0, (int)form.Length));
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
        writer.Write(text is null ? -1 : bytes.Length);
        writer.Write(bytes);
    }
}
