using Microsoft.Extensions.Localization;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Asking;

/// <summary>What people are mailed who have no account yet; everybody else hears of requests by notices.</summary>
internal sealed class AskingMails(MailOutbox outbox, SettingsService settings, IStringLocalizer<AskingTexts> words)
{
    private string Organisation => settings.Current.OrganisationName;

    public void Confirm(PortalDbContext db, AccessRequest request, IssuedLink link) => Add(db, request, MailKind.ConfirmRequest, () => new MailContent(
        words["Confirm your request for access to {0}", Organisation],
        [words["Somebody, probably you, asked for access to the proxies of {0} with this address.", Organisation], words["The request is shown to those who decide once you have used the link. It works once, for 24 hours."]])
    {
        Act = new MailAct(words["Confirm the request"], link.Url),
        Aside = words["If it was not you, ignore this mail: nothing happens."],
    }, link.ExpiresAt);

    /// <summary>To the stored address of somebody who has an account already and asked for another.</summary>
    public void HasAccount(PortalDbContext db, User user) => outbox.Add(db, user, MailKind.ConfirmRequest, () => new MailContent(
        words["You have an account at {0} already", Organisation],
        [words["Somebody, probably you, asked for access to the proxies of {0} with this address. There is an account already: {1}.", Organisation, user.UserName!], words["If you forgot its password, choose a new one."]])
    {
        Act = new MailAct(words["Choose a new password"], settings.Current.PublicUrl + PortalUrls.ForgotPassword),
        Aside = words["If it was not you, ignore this mail: nothing happens."],
    });

    public void Invited(PortalDbContext db, string mail, string? language, IssuedLink link) => outbox.Add(db, new MailReader(mail, mail, null, language), MailKind.Invitation, () => new MailContent(
        words["You are invited to use the proxies of {0}", Organisation],
        [words["With this link you ask for access. Somebody then decides, and you are told by mail."], words["It works once, for 7 days."]])
    {
        Act = new MailAct(words["Ask for access"], link.Url),
        Aside = words["If you do not know what this is about, ignore this mail."],
    }, link.ExpiresAt);

    public void Accepted(PortalDbContext db, AccessRequest request, User user, IssuedLink link) => Add(db, request, MailKind.Invitation, () => new MailContent(
        words["You have access to {0}", Organisation],
        [words["Your request was accepted. Your user name is {0}.", user.UserName!], .. Word(request), words["Choose a password now. The link works once, for 24 hours."]])
    {
        Act = new MailAct(words["Choose a password"], link.Url),
    }, link.ExpiresAt);

    public void Declined(PortalDbContext db, AccessRequest request) => Add(db, request, MailKind.Notice, () => new MailContent(
        words["Your request for access to {0} was declined", Organisation], [words["Those who decide declined your request."], .. Word(request)]));

    private string[] Word(AccessRequest request) => request.DecisionReason is { } word ? [words["Said about it: {0}", word]] : [];

    private void Add(PortalDbContext db, AccessRequest request, MailKind kind, Func<MailContent> write, DateTimeOffset? until = null) =>
        outbox.Add(db, new MailReader(request.Mail!, request.Name!, request.UserId, request.Language), kind, write, until);
}
