namespace ProxyPortal.Core.Verification;

/// <summary>The outcome of one verification. <see cref="Reason"/> is the truth and belongs in the event log;
/// <see cref="PublicCode"/> is what may be said.</summary>
/// <param name="Reason"><see cref="RejectionReason.None"/> when accepted.</param>
/// <param name="SecretProved">Whether the secret was proved: only then may the reason be told.</param>
public readonly record struct VerificationDecision(RejectionReason Reason, bool SecretProved)
{
    public bool Accepted => Reason is RejectionReason.None && SecretProved;

    /// <summary>No statement about the credentials: ask again later.</summary>
    public bool IsTemporary => Reason is RejectionReason.Overloaded or RejectionReason.BackendUnavailable;

    /// <summary>The rejection rule, in its one place: the detailed reason is disclosed only when the secret was proved.</summary>
    public RejectionReason PublicReason => SecretProved || IsTemporary ? Reason : RejectionReason.WrongSecret;

    /// <summary>The code that the caller is told.</summary>
    public string PublicCode => SecretProved || IsTemporary ? Reason.Code() : RejectionReasons.PublicCode;
}
