using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Mail.Transport;

namespace ProxyPortal.Mail;

/// <summary>What administrators see and do about mails.</summary>
internal sealed class MailService(
    IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, MailHealth health, MailSender sender, MailWorker worker, IMailTransport transport, IOptions<MailOptions> options, TimeProvider time)
{
    private static readonly TimeSpan UsefulAgain = TimeSpan.FromDays(1);

    public static Error NotFound { get; } = new("not_found", "There is no such mail.");

    public async Task<Result<PageOf<MailSummary>>> ListAsync(Actor actor, MailQuery query, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadSettings, "mails", cancellationToken) is { } refused)
            return refused;
        if (query.Search is { Length: > MailQuery.LongestSearch })
            return new Error("search_too_long", $"Search for at most {MailQuery.LongestSearch} characters.", "search");
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<OutboxMail> mails = db.Mails.AsNoTracking();
        if (query.State is { } state)
            mails = mails.Where(mail => mail.State == state);
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            string pattern = LikePattern.Containing(query.Search.Trim().ToLowerInvariant());
#pragma warning disable CA1304, CA1311 // Runs in the database.
            mails = mails.Where(mail => EF.Functions.Like(mail.ToAddress.ToLower(), pattern, LikePattern.Escape) || EF.Functions.Like(mail.Subject.ToLower(), pattern, LikePattern.Escape));
#pragma warning restore CA1304, CA1311
        }
        int size = Math.Clamp(query.PageSize, 1, MailQuery.LargestPage);
        List<OutboxMail> page = await mails.OrderByDescending(mail => mail.CreatedAt).ThenByDescending(mail => mail.Id).Skip(Math.Max(0, query.Page) * size).Take(size).ToListAsync(cancellationToken);
        return new PageOf<MailSummary>([.. page.Select(Describe)], await mails.CountAsync(cancellationToken));
    }

    public async Task<Result<MailStatus>> GetStatusAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadSettings, "mails", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        int queued = await db.Mails.CountAsync(mail => mail.State == MailState.Queued, cancellationToken);
        int failed = await db.Mails.CountAsync(mail => mail.State == MailState.Failed, cancellationToken);
        return new MailStatus(options.Value.Provider, transport.Destination, sender.Sender, queued, failed, health.Fault, health.FailsSince);
    }

    /// <summary>Sends a mail at once: one that waits, that was given up or cancelled, or once more one that was sent. Errors: <c>not_found</c>, <c>mail_gone</c>.</summary>
    public Task<Result> ResendAsync(Actor actor, Guid id, CancellationToken cancellationToken) => ChangeAsync(actor, id, AuditAction.MailResent, mail =>
    {
        if (mail.Body is null)
            return new Error("mail_gone", "It held a link or code, which is not kept. Let the person ask for a new one.");
        DateTimeOffset now = time.GetUtcNow();
        // Words about a link that has ended would only lead astray.
        if (mail.HoldsSecret && mail.UsefulUntil <= now)
            return new Error("mail_gone", "Its link or code has ended. Let the person ask for a new one.");
        (mail.State, mail.Attempts, mail.NextAttemptAt) = (MailState.Queued, 0, now);
        return null;
    }, cancellationToken);

    /// <summary>Keeps a mail that waits from leaving. Errors: <c>not_found</c>, <c>mail_not_queued</c>.</summary>
    public Task<Result> CancelAsync(Actor actor, Guid id, CancellationToken cancellationToken) => ChangeAsync(actor, id, AuditAction.MailCancelled, mail =>
    {
        if (mail.State is not MailState.Queued)
            return new Error("mail_not_queued", "It does not wait any more.");
        mail.State = MailState.Cancelled;
        if (mail.HoldsSecret)
            mail.Body = null;
        return null;
    }, cancellationToken);

    private async Task<Result> ChangeAsync(Actor actor, Guid id, string action, Func<OutboxMail, Error?> change, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditSettings, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Mails.SingleOrDefaultAsync(mail => mail.Id == id, cancellationToken) is not { } mail)
            return NotFound;
        if (change(mail) is { } fault)
            return fault;
        if (mail.State is MailState.Queued && mail.UsefulUntil < time.GetUtcNow() + UsefulAgain && !mail.HoldsSecret)
            db.Entry(mail).Property(row => row.UsefulUntil).CurrentValue = time.GetUtcNow() + UsefulAgain;
        audit.Add(db, actor, action, new AuditTarget("mail", mail.Id, mail.Subject), after: new { mail.ToAddress });
        await db.SaveChangesAsync(cancellationToken);
        health.TryNow();
        worker.Wake();
        return Result.Success;
    }

    private static MailSummary Describe(OutboxMail mail) => new(
        mail.Id, mail.Kind, mail.UserId, mail.ToAddress, mail.Subject, mail.State, mail.CreatedAt, mail.State is MailState.Queued ? mail.NextAttemptAt : null, mail.SentAt,
        mail.Attempts, mail.LastFault, mail.Body is not null);
}
