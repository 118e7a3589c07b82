using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Passwords;

/// <summary>Handles requests for a reset, behind the scenes: finds out who is meant and mails a link to the address that is stored, never to the one that was typed.</summary>
internal sealed class PasswordResetDesk(
    IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, OneTimeLinks links, MailOutbox outbox, AuditTrail audit, SettingsService settings, ILookupNormalizer normalizer,
    IStringLocalizer<MailTexts> words, TimeProvider time, ILogger<PasswordResetDesk> log) : QueueWorker(time, log)
{
    /// <summary>In an hour, for one account.</summary>
    public const int MostOfAccount = 3;

    private const int AtOnce = 50;

    // Of a mail address that several accounts share.
    private const int MostAccounts = 5;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    protected override Task<bool> WorkAsync(CancellationToken cancellationToken) => HandleAsync(cancellationToken);

    /// <returns>Whether there is more to handle at once.</returns>
    public async Task<bool> HandleAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = Time.GetUtcNow();
        Guid[] waiting = await db.PasswordResetRequests.Where(request => request.HandledAt == null).OrderBy(request => request.AskedAt).Select(request => request.Id).Take(AtOnce).ToArrayAsync(cancellationToken);
        foreach (Guid id in waiting)
            await HandleAsync(id, cancellationToken);
        if (waiting.Length > 0)
        {
            DateTimeOffset oldest = now - Window;
            using (await commits.EnterAsync(cancellationToken))
                await db.PasswordResetRequests.Where(request => request.AskedAt < oldest && request.HandledAt != null).ExecuteDeleteAsync(cancellationToken);
        }
        return waiting.Length == AtOnce;
    }

    private async Task HandleAsync(Guid id, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.PasswordResetRequests.SingleOrDefaultAsync(request => request.Id == id && request.HandledAt == null, cancellationToken) is not { Typed: { } typed } request)
            return;
        Actor visitor = Actor.Nobody with { Address = IPAddress.TryParse(request.Source.Split('/')[0], out IPAddress? address) ? address : null };
        List<User> meant = await FindAsync(db, typed, cancellationToken);
        foreach (User user in meant)
            await MailAsync(db, visitor, user, request.Language, cancellationToken);
        if (meant.Count == 0)
            audit.Add(db, visitor, AuditAction.PasswordResetRefused, new AuditTarget("user", null, "(unknown)"), after: new { Reason = "unknown" });
        (request.HandledAt, request.Typed) = (Time.GetUtcNow(), null);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<List<User>> FindAsync(PortalDbContext db, string typed, CancellationToken cancellationToken)
    {
        string? name = LoginName.Fold(typed, out _);
        string? address = normalizer.NormalizeEmail(typed);
        return await db.Users.Where(user => user.DeletedAt == null && ((name != null && user.NormalizedUserName == name) || (user.NormalizedEmail != null && user.NormalizedEmail == address)))
            .OrderBy(user => user.Id).Take(MostAccounts).ToListAsync(cancellationToken);
    }

    private async Task MailAsync(PortalDbContext db, Actor visitor, User user, string? language, CancellationToken cancellationToken)
    {
        DateTimeOffset since = Time.GetUtcNow() - Window;
        string? refusal = user.Email is null ? "no mail address"
            : user.SuspendedAt is not null ? "suspended"
            : await db.Mails.CountAsync(mail => mail.UserId == user.Id && mail.Kind == MailKind.PasswordReset && mail.CreatedAt > since, cancellationToken) >= MostOfAccount ? "too many" : null;
        if (refusal is not null)
        {
            audit.Add(db, visitor, AuditAction.PasswordResetRefused, UserAudit.Target(user), after: new { Reason = refusal });
            return;
        }
        IssuedLink link = links.Add(db, LinkPurpose.SetPassword, user, sentTo: user.Email);
        outbox.Add(db, new MailReader(user.Email!, user.DisplayName, user.Id, user.Language ?? language), MailKind.PasswordReset, () => Write(user, link), link.ExpiresAt);
        audit.Add(db, visitor, AuditAction.PasswordResetMailed, UserAudit.Target(user));
    }

    private MailContent Write(User user, IssuedLink link) => new(
        words["Choose a new password for {0}", settings.Current.OrganisationName],
        [words["Somebody, probably you, asked for a new password for {0}.", user.UserName!], words["The link below works once, for one hour. Nothing changes until you choose the new password there."]])
    {
        Act = new MailAct(words["Choose a new password"], link.Url),
        Aside = words["If it was not you, ignore this mail: your password stays as it is."],
    };
}
