using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProxyPortal.Tests.Data;

namespace ProxyPortal.Tests;

/// <summary>In what the portal of a test differs from the usual one, which is prepared, listens, and has a folder and a database of its own.</summary>
internal sealed record PortalStart
{
    /// <summary>The clock; null is the real one.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Who reads what is logged, down to the last line of ours; null is nobody.</summary>
    public ILoggerProvider? Logs { get; init; }

    /// <summary>A data directory of the caller's, which stays.</summary>
    public string? Folder { get; init; }

    /// <summary>A file whose key becomes this portal's too.</summary>
    public string? MasterKey { get; init; }

    /// <summary>A database of the caller's, which stays.</summary>
    public TestDatabase? Database { get; init; }

    /// <summary>Whether what must happen before the first request has happened.</summary>
    public bool Prepares { get; init; } = true;

    public bool Listens { get; init; } = true;

    /// <summary>Services in the place of the portal's own.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>More configuration, as on the command line.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
