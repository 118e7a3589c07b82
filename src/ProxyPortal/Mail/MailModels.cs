namespace ProxyPortal.Mail;

/// <summary>A mail as administrators see it: never what it says.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="UserId">The account it is for; null where there is none yet.</param>
/// <param name="To">The address.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="State">What became of it so far.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="NextAttemptAt">When it is tried next; null once it is not.</param>
/// <param name="SentAt">When a server, or the folder, took it.</param>
/// <param name="Attempts">How often it was refused.</param>
/// <param name="Fault">What was said when it was refused last.</param>
/// <param name="MayBeResent">Whether it can be sent (again) as it is.</param>
public sealed record MailSummary(
    Guid Id, MailKind Kind, Guid? UserId, string To, string Subject, MailState State, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt, DateTimeOffset? SentAt,
    int Attempts, string? Fault, bool MayBeResent);

/// <param name="Search">A part of an address or subject; null = any.</param>
/// <param name="State">Only those; null = any.</param>
/// <param name="Page">From 0.</param>
/// <param name="PageSize">At most <see cref="LargestPage"/>.</param>
public sealed record MailQuery(string? Search = null, MailState? State = null, int Page = 0, int PageSize = 25)
{
    public const int LargestPage = 200;
    public const int LongestSearch = 200;
}

/// <summary>How mail goes.</summary>
/// <param name="Provider">By which way.</param>
/// <param name="Destination">The server or the folder.</param>
/// <param name="Sender">The address it comes from.</param>
/// <param name="Queued">How many wait.</param>
/// <param name="Failed">How many were given up in the last <see cref="MailWorker.Kept"/>.</param>
/// <param name="Fault">What is wrong with the way itself; null while nothing is.</param>
/// <param name="FailsSince">Since when.</param>
public sealed record MailStatus(MailProvider Provider, string Destination, string Sender, int Queued, int Failed, string? Fault, DateTimeOffset? FailsSince);
