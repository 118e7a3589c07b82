namespace ProxyPortal.Data;

/// <summary>Which part of the in-memory directory a change touches.</summary>
public enum DirectoryPart
{
    User = 0,

    /// <summary>A proxy, one of its endpoints or one of its caller keys: few, reloaded together.</summary>
    Proxy = 1,

    /// <summary>A group or expiry policy: all groups are reloaded, their members are not.</summary>
    Group = 2,

    /// <summary>Something that is only published: a PAC profile, a guide, a planned change.</summary>
    Publication = 3,
}

/// <summary>One row for each change that verification must learn of, in commit order. Nodes follow it from the last sequence they saw,
/// so a second node, the command line or a restart converge without anyone telling them.</summary>
public sealed class DirectoryChange
{
    public long Sequence { get; init; }

    public DirectoryPart Part { get; init; }

    public Guid EntityId { get; init; }

    public DateTimeOffset At { get; init; }
}
