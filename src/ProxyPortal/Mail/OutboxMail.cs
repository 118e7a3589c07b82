namespace ProxyPortal.Mail;

public enum MailState
{
    Queued = 0,
    Sent = 1,

    /// <summary>Given up: the server will not have it, or its time is over.</summary>
    Failed = 2,
    Cancelled = 3,
}

/// <summary>What a mail is for. Stored: append only.</summary>
public enum MailKind
{
    Notice = 0,
    PasswordReset = 1,
    Invitation = 2,
    ConfirmAddress = 3,
    ConfirmRequest = 4,
    VerificationCode = 5,
    Digest = 6,
}

/// <summary>A mail on its way, or what is remembered of one.</summary>
public sealed class OutboxMail
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public MailKind Kind { get; init; }

    /// <summary>Whom it is for; null where the address belongs to no account yet.</summary>
    public Guid? UserId { get; init; }

    public required string ToAddress { get; init; }

    public required string ToName { get; init; }

    /// <summary>Holds no secret.</summary>
    public required string Subject { get; init; }

    /// <summary>A <see cref="MailBody"/>, sealed, because it may hold a link that opens an account. Gone once sent, when it did.</summary>
    public string? Body { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it says is of no use afterwards: it is given up then.</summary>
    public DateTimeOffset UsefulUntil { get; init; }

    public MailState State { get; set; }

    /// <summary>How often the server refused it. That the server was not to be reached does not count.</summary>
    public int Attempts { get; set; }

    /// <summary>From when on it may be taken. Whoever takes it moves this on: nobody else takes it meanwhile, and a portal that dies has only borrowed it.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What the server said last, on one line.</summary>
    public string? LastFault { get; set; }

    /// <summary>Whether it can be sent once more as it is.</summary>
    public bool HoldsSecret => Kind is not (MailKind.Notice or MailKind.Digest);
}

/// <param name="Text">The plain part.</param>
/// <param name="Html">The same for those who like it set.</param>
/// <param name="Calendar">An iCalendar file that comes with it.</param>
public sealed record MailBody(string Text, string Html, string? Calendar = null);
