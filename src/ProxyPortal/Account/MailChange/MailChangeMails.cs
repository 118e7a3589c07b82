using Microsoft.Extensions.Localization;
using ProxyPortal.Data;
using ProxyPortal.Mail;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Account.MailChange;

/// <summary>Who is told that a change of address was asked for: the new address gets the link that confirms it, the former one the link that takes it back. That it
/// was changed is told by a notice.</summary>
internal sealed class MailChangeMails(MailOutbox outbox, SettingsService settings, IStringLocalizer<MailChangeTexts> words)
{
    /// <param name="db">Saved by the caller.</param>
    /// <param name="user">Has the former address still.</param>
    /// <param name="mail">The new address, proved by nothing yet: it gets the link, and no other word about the account.</param>
    /// <param name="asked">The links.</param>
    public void Add(PortalDbContext db, User user, string mail, AskedMailChange asked)
    {
        outbox.Add(db, new MailReader(mail, user.DisplayName, user.Id, user.Language), MailKind.ConfirmAddress, () => new MailContent(
            words["Confirm your mail address for {0}", settings.Current.OrganisationName],
            [words["Somebody, probably you, wants mail about an account of {0} to go to this address.", settings.Current.OrganisationName], words["The link works once, for 24 hours. Nothing changes until you use it."]])
        {
            Act = new MailAct(words["Confirm the mail address"], asked.Confirm.Url),
            Aside = words["If it was not you, ignore this mail."],
        }, asked.Confirm.ExpiresAt);
        if (asked.Undo is not { } undo)
            return;
        outbox.Add(db, user, MailKind.ConfirmAddress, () => new MailContent(
            words["Your mail address is to be changed"],
            [words["Somebody, probably you, asked that mail about {0} go to another address: {1}.", user.UserName!, mail], words["If it was you, there is nothing to do."]])
        {
            Act = new MailAct(words["It was not me: take the change back"], undo.Url),
            Aside = words["This link works once, for 14 days, even when the change was confirmed and the password changed."],
        }, undo.ExpiresAt);
    }
}
