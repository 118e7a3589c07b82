namespace ProxyPortal.Links;

public enum LinkPurpose
{
    /// <summary>First run: create the first administrator.</summary>
    Setup = 0,

    /// <summary>Choose a password.</summary>
    SetPassword = 1,

    /// <summary>Rescue from the command line: sign in once.</summary>
    SignIn = 2,

    /// <summary>Bring a device its secret.</summary>
    PairDevice = 3,

    /// <summary>Sent to a new mail address: use it from now on.</summary>
    ConfirmMail = 4,

    /// <summary>Sent to the former mail address: it was not me, take it back.</summary>
    UndoMail = 5,

    /// <summary>Sent to somebody without an account: show the request to those who decide.</summary>
    ConfirmRequest = 6,

    /// <summary>Sent to somebody without an account: ask for access.</summary>
    Invitation = 7,
}

/// <summary>A link that works once and for a while. Only the SHA-256 of its token is kept.</summary>
public sealed class OneTimeLink
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public LinkPurpose Purpose { get; init; }

    /// <summary>Whom it is for; null where there is no account yet.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The device of <see cref="LinkPurpose.PairDevice"/>.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>The address it was mailed to; any other address of the account makes the link void, but for those that <see cref="LinkPurpose.ConfirmMail"/> sets and
    /// <see cref="LinkPurpose.UndoMail"/> brings back. Null when it was handed over.</summary>
    public string? SentTo { get; init; }

    public required byte[] Digest { get; init; }

    /// <summary>The user's password version when it was issued: any later password makes the link void.</summary>
    public long PasswordVersion { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
