namespace ProxyPortal.Core.Protocols;

/// <summary>The body of <c>POST /api/v1/authorize</c>: about somebody whose secret the proxy has proved already. The answer is a
/// <see cref="VerifyResponse"/>.</summary>
public sealed record AuthorizeRequest
{
    /// <summary>Where it is posted to, below the verify listener's base.</summary>
    public const string Path = "/api/v1/authorize";

    public string? UserId { get; init; }

    public string? ClientAddress { get; init; }

    public string? Endpoint { get; init; }

    /// <summary>In which scheme the secret was proved; Basic when absent.</summary>
    public string? Scheme { get; init; }
}

/// <summary>The body of <c>POST /api/v1/verify/backfill</c>, answered 204.</summary>
public sealed record BackfillRequest
{
    public const string Path = "/api/v1/verify/backfill";

    /// <summary>Of one request.</summary>
    public const int MaxEntries = 50;

    public IReadOnlyList<ServedStale>? Served { get; init; }
}

/// <summary>Somebody was let in on the last known good, <see cref="Count"/> times.</summary>
public sealed record ServedStale
{
    /// <summary>The login; null for all those for whom there was no room of their own.</summary>
    public string? UserId { get; init; }

    public string? ClientAddress { get; init; }

    public int Count { get; init; }

    /// <summary>Seconds before the request: the clocks of two hosts need not agree.</summary>
    public int FirstAgo { get; init; }

    public int LastAgo { get; init; }
}
