using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using MimeKit;
using ProxyPortal.Data;
using ProxyPortal.Mail.Transport;
using ProxyPortal.Settings;

namespace ProxyPortal.Mail;

/// <summary>Sends what is due. Each mail leaves at least once: one that was handed over just before the portal died is handed over again.</summary>
internal sealed class MailSender(
    IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, IMailTransport transport, MailOutbox outbox, MailHealth health, IOptions<MailOptions> options, SettingsService settings, TimeProvider time)
{
    private const int AtOnce = 50;
    private const int MostAttempts = 8;
    private const string TooLate = "It could not be sent in time.";

    // A mail is borrowed for longer than the slowest server takes to send what is tried in one go.
    private static readonly TimeSpan Borrowed = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    /// <returns>Whether there may be more to send at once.</returns>
    public async Task<bool> SendDueAsync(CancellationToken cancellationToken)
    {
        if (health.IsPaused(time.GetUtcNow()))
            return false;
        List<OutboxMail> due = await BorrowAsync(cancellationToken);
        if (due.Count == 0)
            return false;
        DateTimeOffset end = time.GetUtcNow() + Enough;
        int done = 0;
        try
        {
            await using IMailConnection connection = await transport.OpenAsync(cancellationToken);
            for (; done < due.Count && time.GetUtcNow() < end; done++)
                await SendAsync(connection, due[done], cancellationToken);
            health.Works();
        }
        catch (MailFaultException fault) when (fault.Fault is MailFault.Server)
        {
            health.Fails(fault.Message, time.GetUtcNow());
            return false;
        }
        finally
        {
            await GiveBackAsync(due.Skip(done), cancellationToken.IsCancellationRequested ? CancellationToken.None : cancellationToken);
        }
        return due.Count == AtOnce;
    }

    private async Task<List<OutboxMail>> BorrowAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<OutboxMail> due = await db.Mails.AsNoTracking().Where(mail => mail.State == MailState.Queued && mail.NextAttemptAt <= now)
            .OrderBy(mail => mail.NextAttemptAt).ThenBy(mail => mail.Id).Take(AtOnce).ToListAsync(cancellationToken);
        var mine = new List<OutboxMail>(due.Count);
        if (due.Count == 0)
            return mine;
        using IDisposable? turn = await commits.EnterAsync(cancellationToken);
        // One commit for all of them: each takes a disk's time.
        await using IDbContextTransaction borrowing = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (OutboxMail mail in due)
        {
            bool isOver = mail.UsefulUntil <= now;
            // Another node may have been quicker with this one.
            int taken = await db.Mails.Where(row => row.Id == mail.Id && row.State == MailState.Queued && row.NextAttemptAt == mail.NextAttemptAt)
                .ExecuteUpdateAsync(set =>
                {
                    if (isOver)
                        set.SetProperty(row => row.State, MailState.Failed).SetProperty(row => row.Body, (string?)null).SetProperty(row => row.LastFault, row => row.LastFault ?? TooLate);
                    else
                        set.SetProperty(row => row.NextAttemptAt, now + Borrowed);
                }, cancellationToken);
            if (taken == 1 && !isOver)
                mine.Add(mail);
        }
        await borrowing.CommitAsync(cancellationToken);
        return mine;
    }

    private async Task SendAsync(IMailConnection connection, OutboxMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(Compose(mail), cancellationToken);
            await SetAsync(mail, row => (row.State, row.SentAt, row.LastFault, row.Body) = (MailState.Sent, time.GetUtcNow(), null, mail.HoldsSecret ? null : row.Body), cancellationToken);
        }
        catch (MailFaultException fault) when (fault.Fault is not MailFault.Server)
        {
            await SetAsync(mail, row =>
            {
                row.LastFault = MailHealth.Clip(fault.Message);
                row.Attempts++;
                if (fault.Fault is MailFault.Never || row.Attempts >= MostAttempts)
                    row.State = MailState.Failed;
                row.NextAttemptAt = time.GetUtcNow() + Pauses[Math.Min(row.Attempts, Pauses.Length) - 1];
            }, cancellationToken);
        }
    }

    // Those that were not tried, because the server went away or the time was up, may be taken at once again.
    private async Task GiveBackAsync(IEnumerable<OutboxMail> untried, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. untried.Select(mail => mail.Id)];
        if (ids.Length == 0)
            return;
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await commits.EnterAsync(cancellationToken))
        {
            await db.Mails.Where(row => ids.Contains(row.Id) && row.State == MailState.Queued)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, now), cancellationToken);
        }
    }

    private async Task SetAsync(OutboxMail mail, Action<OutboxMail> change, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Mails.SingleOrDefaultAsync(row => row.Id == mail.Id, cancellationToken) is not { } row)
            return;
        change(row);
        await db.SaveChangesAsync(cancellationToken);
    }

    private MimeMessage Compose(OutboxMail mail)
    {
        MailBody body = outbox.Open(mail);
        var message = new MimeMessage { Subject = mail.Subject, Date = time.GetUtcNow() };
        message.From.Add(new MailboxAddress(settings.Current.OrganisationName, Sender));
        message.To.Add(new MailboxAddress(mail.ToName, mail.ToAddress));
        // The same for each attempt: who gets it twice can see that it is one.
        message.MessageId = $"{mail.Id}@{Sender.Split('@')[1]}";
        // No answer by machines: holiday notes would come back for each expiry.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        var content = new BodyBuilder { TextBody = body.Text, HtmlBody = body.Html };
        if (body.Calendar is { } calendar)
            content.Attachments.Add("expiry.ics", System.Text.Encoding.UTF8.GetBytes(calendar), new ContentType("text", "calendar") { Charset = "utf-8" });
        message.Body = content.ToMessageBody();
        return message;
    }

    public string Sender => options.Value.From ?? $"noreply@{new Uri(settings.Current.PublicUrl).Host}";
}
