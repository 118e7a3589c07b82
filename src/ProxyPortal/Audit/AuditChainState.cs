namespace ProxyPortal.Audit;

/// <summary>The ends of the chain of audit entries; one row, changed only with an entry, and vouched for by a key that is not in the
/// database: whoever cuts entries off cannot make the row say so.</summary>
public sealed class AuditChainState
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>The entry before the first of the chain; older ones are from before there was one, or are removed.</summary>
    public long StartId { get; set; }

    /// <summary>What the first entry was chained to, 32 bytes.</summary>
    public required byte[] StartHash { get; set; }

    /// <summary>Entries up to here were removed when their time was over, and no others may be.</summary>
    public long RemovedUntil { get; set; }

    public long HeadId { get; set; }

    /// <summary>The hash of the latest entry, 32 bytes.</summary>
    public required byte[] HeadHash { get; set; }

    /// <summary>HMAC-SHA-256 of the others; empty once they were found changed, for good.</summary>
    public required byte[] Mac { get; set; }
}
