using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper;

/// <summary>A line's fields as they came, escaped: what the memory knows an answer by.</summary>
internal readonly ref struct LineFields
{
    public required ReadOnlySpan<byte> User { get; init; }

    /// <summary>Empty for the kinds that carry none.</summary>
    public ReadOnlySpan<byte> Secret { get; init; }

    /// <summary>Where the user comes from and arrives, as far as Squid tells it.</summary>
    public ReadOnlySpan<byte> Place { get; init; }
}

/// <summary>Why a line cannot be asked about.</summary>
internal enum LineFault
{
    None,

    /// <summary>The client's doing: credentials that nobody can have.</summary>
    Malformed,

    /// <summary>The proxy's doing: the line is not what its configuration should make Squid send.</summary>
    BadLine,
}

/// <summary>What is particular to one kind of helper: how its lines read, what the portal is asked, how a reply sounds.</summary>
internal interface IHelperKind
{
    /// <summary>What is posted to, below the portal's URL.</summary>
    string Path { get; }

    /// <summary>Where several questions are posted together; null where that is not possible.</summary>
    string? BatchPath => null;

    /// <summary>The replies that need no portal. Each with its LF.</summary>
    byte[] Malformed { get; }

    byte[] BadLine { get; }

    byte[] Unavailable { get; }

    bool TrySplit(ReadOnlySpan<byte> line, out LineFields fields);

    /// <summary>Writes the body of the question. Only asked for what the memory does not know.</summary>
    LineFault Compose(in LineFields fields, RequestBody body);

    /// <summary>A verdict in Squid's words, with the LF.</summary>
    byte[] Reply(PortalAnswer answer);
}
