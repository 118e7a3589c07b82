using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Asking;

/// <summary>Invites people by mail to ask for access: whoever answers has proved the address, and is then decided about like anybody.</summary>
public sealed class Invitations
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AccessControl _access;
    private readonly SettingsService _settings;
    private readonly OneTimeLinks _links;
    private readonly AskingMails _mails;
    private readonly AuditTrail _audit;

    internal Invitations(IDbContextFactory<PortalDbContext> contexts, AccessControl access, SettingsService settings, OneTimeLinks links, AskingMails mails, AuditTrail audit) =>
        (_contexts, _access, _settings, _links, _mails, _audit) = (contexts, access, settings, links, mails, audit);

    public static Error NotOffered { get; } = new("closed", "Invitations are switched off in the settings.");

    /// <summary>Mails an invitation; earlier ones to this address stop working. Errors: <c>closed</c>, <c>email_invalid</c>.</summary>
    public async Task<Result> InviteAsync(Actor actor, string mail, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.EditUsers, "invitation", cancellationToken) is { } refused)
            return refused;
        if (!_settings.Current.Registration.ByInvitation)
            return NotOffered;
        mail = mail.Trim();
        if (!UserInputRules.IsMailAddress(mail))
            return new Error("email_invalid", "Give one mail address such as alice@example.test.", "email");
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        db.OneTimeLinks.RemoveRange(await db.OneTimeLinks.Where(link => link.Purpose == LinkPurpose.Invitation && link.SentTo == mail && link.UsedAt == null).ToListAsync(cancellationToken));
        _mails.Invited(db, mail, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, _links.Add(db, LinkPurpose.Invitation, null, sentTo: mail));
        _audit.Add(db, actor, AuditAction.Invited, new AuditTarget("request", null, mail));
        await db.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
