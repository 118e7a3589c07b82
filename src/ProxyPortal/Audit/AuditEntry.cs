namespace ProxyPortal.Audit;

/// <summary>One change or refusal: who, what, when, from where, and what it looked like before and after. Append-only, written in the
/// transaction of the change itself. Verifications are not audit: they have their own, larger log.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The acting account; null for the portal itself (bootstrap, command line).</summary>
    public Guid? ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>The address the act came from; null when it came from no network.</summary>
    public string? Address { get; init; }

    /// <summary>A code such as <c>user.suspended</c>, listed in <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What kind of thing was acted on: <c>user</c>, <c>proxy</c> …</summary>
    public required string TargetKind { get; init; }

    public Guid? TargetId { get; init; }

    public required string TargetName { get; init; }

    /// <summary>JSON of the fields that differ, before the change. Never holds a secret.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>SHA-256 over the entry before and this one, 32 bytes; null for entries from before there was a chain.</summary>
    public byte[]? Hash { get; set; }
}
