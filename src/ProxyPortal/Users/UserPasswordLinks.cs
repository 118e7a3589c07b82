using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Settings;

namespace ProxyPortal.Users;

/// <summary>Opens the way to a new password for somebody else: by a link that is handed over, or by one that is mailed and that nobody else sees. Either works once, for a
/// day, and makes earlier ones void; the present password stays until it is used.</summary>
public sealed class UserPasswordLinks
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AccessControl _access;
    private readonly AuditTrail _audit;
    private readonly OneTimeLinks _links;
    private readonly MailOutbox _outbox;
    private readonly SettingsService _settings;
    private readonly IStringLocalizer<MailTexts> _words;

    internal UserPasswordLinks(
        IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, OneTimeLinks links, MailOutbox outbox, SettingsService settings, IStringLocalizer<MailTexts> words) =>
        (_contexts, _access, _audit, _links, _outbox, _settings, _words) = (contexts, access, audit, links, outbox, settings, words);

    public static Error NoAddress { get; } = new("email_missing", "This user has no mail address. Enter one first, or hand the link over yourself.", "email");

    public static Error Suspended { get; } = new("user_suspended", "This user is suspended, so the link would not work. Resume the user first.");

    /// <summary>A link to hand over, shown once. Errors: <c>not_found</c>, <c>conflict</c>.</summary>
    public Task<Result<IssuedLink>> IssueAsync(Actor actor, Guid id, CancellationToken cancellationToken) => AddAsync(actor, id, (db, user) =>
    {
        _audit.Add(db, actor, AuditAction.PasswordLinkIssued, UserAudit.Target(user));
        return _links.Add(db, LinkPurpose.SetPassword, user);
    }, cancellationToken);

    /// <summary>Mails a link to the stored address. Errors: <c>not_found</c>, <c>user_suspended</c>, <c>email_missing</c>, <c>conflict</c>.</summary>
    public async Task<Result> MailAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        Result<IssuedLink> mailed = await AddAsync(actor, id, (db, user) =>
        {
            if (user.SuspendedAt is not null)
                return Suspended;
            if (user.Email is not { } address)
                return NoAddress;
            IssuedLink link = _links.Add(db, LinkPurpose.SetPassword, user, sentTo: address, lifetime: OneTimeLinks.PasswordLifetime);
            _outbox.Add(db, user, MailKind.Invitation, () => Write(user, link), link.ExpiresAt);
            _audit.Add(db, actor, AuditAction.PasswordLinkMailed, UserAudit.Target(user), after: new { Address = address });
            return link;
        }, cancellationToken);
        return mailed.Error is { } error ? error : Result.Success;
    }

    private async Task<Result<IssuedLink>> AddAsync(Actor actor, Guid id, Func<PortalDbContext, User, Result<IssuedLink>> add, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.HelpUsers, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await (await _access.ScopeOfAsync(actor, cancellationToken)).Of(db.Users).SingleOrDefaultAsync(row => row.Id == id && row.DeletedAt == null, cancellationToken) is not { } user)
            return UserService.NotFound;
        // A help desk must not take over an administrator, by mail neither.
        if (user.Role is not PortalRole.None && await _access.RequireAsync(actor, Permission.EditRoles, user.UserName!, cancellationToken) is { } roleRefused)
            return roleRefused;
        db.OneTimeLinks.RemoveRange(await db.OneTimeLinks.Where(row => row.UserId == id && row.Purpose == LinkPurpose.SetPassword && row.UsedAt == null).ToListAsync(cancellationToken));
        Result<IssuedLink> link = add(db, user);
        if (!link.Succeeded)
            return link;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // An earlier link was used at the same moment.
            return UserService.Conflict;
        }
        return link;
    }

    private MailContent Write(User user, IssuedLink link)
    {
        bool isNew = user.PasswordHash is null;
        string organisation = _settings.Current.OrganisationName;
        return new MailContent(
            isNew ? _words["Your access to the proxy of {0}", organisation] : _words["Choose a new password for {0}", organisation],
            [
                isNew ? _words["You can use the proxy of {0}. Your user-id is {1}.", organisation, user.UserName!] : _words["Your administrator asks you to choose a new password for {0}.", user.UserName!],
                _words["The link below works once, for 24 hours. Choose a password there that only you know."],
            ])
        {
            Act = new MailAct(_words["Choose a password"], link.Url),
            Aside = _words["Has the link ended? Ask for another one under {0}.", _settings.Current.PublicUrl + PortalUrls.ForgotPassword],
        };
    }
}
