using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;

namespace ProxyPortal.Account.MailChange;

/// <summary>The links of a change that was asked for: for the mails alone.</summary>
internal sealed record AskedMailChange(IssuedLink Confirm, IssuedLink? Undo);

/// <summary>People changing their own mail address. The new one counts once a link sent there was used; with a link sent to the former one its owner
/// takes it back, whatever became of the account meanwhile.</summary>
internal sealed class MailChangeService(
    IDbContextFactory<PortalDbContext> contexts, AccessControl access, OneTimeLinks links, MailChangeMails mails, AuditTrail audit, ILookupNormalizer normalizer, TimeProvider time)
{
    /// <summary>How often an account may ask within an hour: each time a mail goes to an address that proved nothing.</summary>
    public const int MostAnHour = 5;

    private const int Attempts = 3;

    public static Error TooMany { get; } = new("too_many", "You asked for this too often. Try again in an hour.");

    public static Error Same { get; } = new("email_same", "This is your address already.", "email");

    /// <summary>Asks for a change of the own address; nothing changes yet. Errors: <c>proof_too_old</c>, <c>email_invalid</c>, <c>email_same</c>, <c>too_many</c>.</summary>
    public async Task<Result<AskedMailChange>> AskAsync(Actor actor, string mail, CancellationToken cancellationToken)
    {
        if (actor.Id is not { } id)
            return AccessControl.Forbidden;
        if (access.RequireProof(actor) is { } unproved)
            return unproved;
        mail = mail.Trim();
        if (!UserInputRules.IsMailAddress(mail))
            return new Error("email_invalid", "Give one mail address such as alice@example.test.", "email");
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == id && row.SuspendedAt == null && row.DeletedAt == null, cancellationToken) is not { } user)
            return AccessControl.Forbidden;
        if (mail == user.Email)
            return Same;
        List<OneTimeLink> earlier = await db.OneTimeLinks.Where(row => row.UserId == id && row.Purpose == LinkPurpose.ConfirmMail && row.CreatedAt > now.AddHours(-1)).ToListAsync(cancellationToken);
        if (earlier.Count >= MostAnHour)
            return TooMany;
        await VoidAsync(db, id, now, cancellationToken);
        var asked = new AskedMailChange(
            links.Add(db, LinkPurpose.ConfirmMail, user, sentTo: mail), user.Email is null ? null : links.Add(db, LinkPurpose.UndoMail, user, sentTo: user.Email));
        audit.Add(db, actor, AuditAction.MailChangeAsked, UserAudit.Target(user), new { user.Email }, new { Email = mail });
        mails.Add(db, user, mail, asked);
        await db.SaveChangesAsync(cancellationToken);
        return asked;
    }

    /// <summary>Uses the link that went to the new address: it counts from now on. Errors: <c>link_invalid</c>.</summary>
    public Task<Result<string>> ConfirmAsync(Actor visitor, string? token, CancellationToken cancellationToken) =>
        UseAsync(visitor, token, LinkPurpose.ConfirmMail, AuditAction.MailChanged, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Uses the link that went to the former address: it counts again, everybody is signed out, and no link that may have gone elsewhere works any
    /// longer. Errors: <c>link_invalid</c>.</summary>
    public Task<Result<string>> UndoAsync(Actor visitor, string? token, CancellationToken cancellationToken) =>
        UseAsync(visitor, token, LinkPurpose.UndoMail, AuditAction.MailChangeUndone, async (db, user) =>
        {
            db.OneTimeLinks.RemoveRange(await db.OneTimeLinks.Where(row => row.UserId == user.Id && row.DeviceId == null
                && row.Purpose != LinkPurpose.UndoMail && row.Purpose != LinkPurpose.ConfirmMail && row.UsedAt == null).ToListAsync(cancellationToken));
            await SignInSessions.RenewStampAsync(db, user, keep: null, cancellationToken);
        }, cancellationToken);

    private async Task<Result<string>> UseAsync(
        Actor visitor, string? token, LinkPurpose purpose, string action, Func<PortalDbContext, User, Task> also, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await links.FindAsync(token, purpose, cancellationToken) is not { UserId: { } id, SentTo: { } mail } link)
                return PasswordService.LinkInvalid;
            DateTimeOffset now = time.GetUtcNow();
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            User user = await db.Users.SingleAsync(row => row.Id == id, cancellationToken);
            string? former = user.Email;
            (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (mail, normalizer.NormalizeEmail(mail), true);
            db.OneTimeLinks.Attach(link).Entity.UsedAt = now;
            await VoidAsync(db, id, now, cancellationToken);
            await also(db, user);
            audit.Add(db, visitor with { Id = id, Name = user.UserName! }, action, UserAudit.Target(user), new { Email = former }, new { user.Email });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return mail;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Someone used the link at the same moment, or an administrator saved the user: looking again tells which.
            }
        }
        return PasswordService.LinkInvalid;
    }

    // Kept, to be counted.
    private static async Task VoidAsync(PortalDbContext db, Guid user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (OneTimeLink link in await db.OneTimeLinks.Where(row => row.UserId == user && row.Purpose == LinkPurpose.ConfirmMail && row.UsedAt == null).ToListAsync(cancellationToken))
            link.UsedAt = now;
    }
}
