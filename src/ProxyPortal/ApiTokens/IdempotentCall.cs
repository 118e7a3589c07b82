namespace ProxyPortal.ApiTokens;

/// <summary>A creating call that was done under an <c>Idempotency-Key</c>: the same call again gets the same answer and creates nothing.</summary>
public sealed class IdempotentCall
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid TokenId { get; init; }

    /// <summary>What the caller chose, at most 128 characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: another call under the same key is refused.</summary>
    public required byte[] RequestDigest { get; init; }

    public int Status { get; set; }

    /// <summary>The answer, sealed: it may hold a secret that is shown once.</summary>
    public string? SealedAnswer { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
