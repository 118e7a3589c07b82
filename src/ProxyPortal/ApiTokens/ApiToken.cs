namespace ProxyPortal.ApiTokens;

/// <summary>A token for the management API. Only its SHA-256 is kept.</summary>
public sealed class ApiToken
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public required byte[] Digest { get; set; }

    public required string Hint { get; set; }

    /// <summary>Such as <c>users:read</c>; <c>*</c> is everything.</summary>
    public List<string> Scopes { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>User-id of who made it.</summary>
    public string? CreatedBy { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The last call, written at most once a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
