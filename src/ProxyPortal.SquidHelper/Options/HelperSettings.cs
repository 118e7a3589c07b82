namespace ProxyPortal.SquidHelper.Options;

/// <summary>What the command line said, checked.</summary>
internal sealed record HelperSettings
{
    public required IReadOnlyList<PortalUrl> Portals { get; init; }

    /// <summary>Absent only where a Unix socket's own permissions prove the caller.</summary>
    public required string? CallerKey { get; init; }

    public required string? Endpoint { get; init; }

    /// <summary>For one line in all, however many portals are tried.</summary>
    public required TimeSpan Timeout { get; init; }

    public required TimeSpan CacheTtl { get; init; }

    public required TimeSpan NegativeTtl { get; init; }

    public required TimeSpan Grace { get; init; }

    public required int Concurrency { get; init; }

    /// <summary>Who has proved the secret is let through to the acl, whatever the state of the account: the acl refuses with a page.</summary>
    public bool DefersToAcl { get; init; }

    public bool WithChannelId => Concurrency > 0;

    /// <summary>The secret is no part of the text.</summary>
    public override string ToString() => nameof(HelperSettings);
}
