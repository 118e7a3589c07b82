namespace ProxyPortal.Links;

public enum LinkPurpose
{
    /// <summary>First run: create the first administrator.</summary>
    Setup = 0,

    /// <summary>Choose a password.</summary>
    SetPassword = 1,

    /// <summary>Rescue from the command line: sign in once.</summary>
    SignIn = 2,
}

/// <summary>A link that works once and for a while. Only the SHA-256 of its token is kept.</summary>
public sealed class OneTimeLink
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public LinkPurpose Purpose { get; init; }

    /// <summary>Whom it is for; null for <see cref="LinkPurpose.Setup"/>.</summary>
    public Guid? UserId { get; init; }

    public required byte[] Digest { get; init; }

    /// <summary>The user's password version when it was issued: any later password makes the link void.</summary>
    public long PasswordVersion { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
