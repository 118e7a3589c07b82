using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Settings;

namespace ProxyPortal.Asking;

/// <summary>Deals with requests behind the scenes: mails the link that confirms one, ends what was granted for a time, forgets what nobody confirmed.</summary>
internal sealed class AskingDesk(
    IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, SettingsService settings, OneTimeLinks links, AskingMails mails, RequestGrants grants, ILookupNormalizer normalizer,
    TimeProvider time, ILogger<AskingDesk> log) : QueueWorker(time, log)
{
    /// <summary>In an hour, to one address.</summary>
    public const int MostOfAddress = 3;

    private const int AtOnce = 50;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    protected override Task<bool> WorkAsync(CancellationToken cancellationToken) => HandleAsync(cancellationToken);

    /// <returns>Whether there is more to handle at once.</returns>
    public async Task<bool> HandleAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = Time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Guid[] asked = await db.AccessRequests.Where(request => request.State == RequestState.Unconfirmed && request.HandledAt == null).OrderBy(request => request.AskedAt)
            .Select(request => request.Id).Take(AtOnce).ToArrayAsync(cancellationToken);
        Guid[] over = await db.AccessRequests.Where(request => request.MemberUntil <= now).OrderBy(request => request.Id).Select(request => request.Id).Take(AtOnce).ToArrayAsync(cancellationToken);
        foreach (Guid id in asked)
            await ConfirmAsync(id, now, cancellationToken);
        foreach (Guid id in over)
            await EndAsync(id, cancellationToken);
        if (await db.AccessRequests.AnyAsync(request => request.State == RequestState.Unconfirmed && request.EndsAt <= now, cancellationToken))
        {
            using (await commits.EnterAsync(cancellationToken))
                await db.AccessRequests.Where(request => request.State == RequestState.Unconfirmed && request.EndsAt <= now).ExecuteDeleteAsync(cancellationToken);
        }
        return asked.Length == AtOnce || over.Length == AtOnce;
    }

    private async Task ConfirmAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.AccessRequests.SingleOrDefaultAsync(row => row.Id == id && row.HandledAt == null, cancellationToken) is not { Mail: { } mail } request)
            return;
        request.HandledAt = now;
        string? normalized = normalizer.NormalizeEmail(mail);
        DateTimeOffset since = now - Window;
        if (settings.Current.Registration.Allows(mail) && await db.Mails.CountAsync(one => one.ToAddress == mail && one.Kind == MailKind.ConfirmRequest && one.CreatedAt > since, cancellationToken) < MostOfAddress)
        {
            if (await db.Users.Where(user => user.NormalizedEmail == normalized && user.DeletedAt == null).OrderBy(user => user.Id).FirstOrDefaultAsync(cancellationToken) is { } known)
                mails.HasAccount(db, known);
            else
                mails.Confirm(db, request, links.Add(db, LinkPurpose.ConfirmRequest, null, sentTo: mail));
        }
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task EndAsync(Guid id, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.AccessRequests.SingleOrDefaultAsync(row => row.Id == id && row.MemberUntil != null, cancellationToken) is not { } request)
            return;
        await grants.EndAsync(db, request, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
