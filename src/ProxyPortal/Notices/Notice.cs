namespace ProxyPortal.Notices;

/// <summary>What a person is told of. Stored, and a bit of <see cref="Users.User.MutedNotices"/> each: append only, 63 at most.</summary>
public enum NoticeKind
{
    PasswordChanged = 0,
    MailAddressChanged = 1,
    SecondFactorChanged = 2,
    NewSignIn = 3,
    NewDevice = 4,
    DeviceDecided = 5,
    AccessEnds = 6,
    OldSecretInUse = 7,
    ApiTokenCreated = 8,
    RequestDecided = 9,
    RequestWaits = 10,
    NewPasswordRequired = 11,
    EndpointChanges = 12,
}

/// <summary>Something that a person was, or is to be, told. There is one for each <see cref="Key"/>, whoever comes across it and how often.</summary>
public sealed class Notice
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public NoticeKind Kind { get; init; }

    /// <summary>What makes it the same notice: an audit entry, an end and its distance.</summary>
    public required string Key { get; init; }

    /// <summary>The values of its words, as JSON; no secret.</summary>
    public required string Values { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was put into a mail, or found to need none; null while it waits for the next digest.</summary>
    public DateTimeOffset? HandledAt { get; set; }
}

/// <summary>How far the audit trail has been read; one row.</summary>
public sealed class NoticeCursor
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public long LastAuditId { get; set; }
}
