using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Hosting;

namespace ProxyPortal.Mail;

/// <summary>Sends mails as they come, and forgets old ones.</summary>
internal sealed class MailWorker : QueueWorker
{
    private static readonly TimeSpan Sweep = TimeSpan.FromHours(1);
    private readonly MailSender _sender;
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly CommitCoordinator _commits;
    private DateTimeOffset _swept;

    public MailWorker(MailSender sender, IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, TimeProvider time, ILogger<MailWorker> log)
        : base(time, log)
    {
        (_sender, _contexts, _commits, _swept) = (sender, contexts, commits, time.GetUtcNow());
        commits.MailQueued = Wake;
    }

    /// <summary>How long is remembered what was sent, and what was not.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(30);

    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = Time.GetUtcNow() - Kept;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        using (await _commits.EnterAsync(cancellationToken))
            await db.Mails.Where(mail => mail.CreatedAt < oldest && mail.State != MailState.Queued).ExecuteDeleteAsync(cancellationToken);
    }

    // Ten thousand mails take a minute of a core, and nobody waits for the last of them.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => QuietThread.RunAsync("Mail", () => base.ExecuteAsync(stoppingToken));

    protected override async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        bool more = await _sender.SendDueAsync(cancellationToken);
        if (Time.GetUtcNow() - _swept >= Sweep)
        {
            _swept = Time.GetUtcNow();
            await ForgetAsync(cancellationToken);
        }
        return more;
    }
}
