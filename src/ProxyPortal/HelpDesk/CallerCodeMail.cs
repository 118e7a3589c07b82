using Microsoft.Extensions.Localization;
using ProxyPortal.Data;
using ProxyPortal.Mail;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.HelpDesk;

/// <summary>The mail with the code that a caller reads out.</summary>
internal sealed class CallerCodeMail(MailOutbox outbox, SettingsService settings, IStringLocalizer<HelpDeskTexts> words)
{
    public void Add(PortalDbContext db, User user, string code, DateTimeOffset until) => outbox.Add(db, user, MailKind.VerificationCode, () => new MailContent(
        words["Your code for the help desk of {0}", settings.Current.OrganisationName],
        [words["Read this code to the person of the help desk with whom you are talking now. It works once, for ten minutes."]])
    {
        Code = code,
        Aside = words["If you are not talking to the help desk, tell this code to nobody: somebody may be calling in your name."],
    }, until);
}
