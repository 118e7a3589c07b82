using System.Globalization;
using Microsoft.Extensions.Localization;
using ProxyPortal.ExpiryPolicies.Calendar;
using ProxyPortal.Languages;
using ProxyPortal.Mail;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Notices;

/// <summary>The words of notices, in the present culture: what happened, and the one thing to do about it.</summary>
internal sealed class NoticeWriter(SettingsService settings, IStringLocalizer<MailTexts> words)
{
    private string Organisation => settings.Current.OrganisationName;

    public MailContent Write(NoticeKind kind, NoticeValues of, User to) => kind switch
    {
        NoticeKind.PasswordChanged => Alarm(words["Your password was changed"], words["The password of {0} was changed on {1}{2}.", to.UserName!, When(of.At, to), From(of)], PortalUrls.ForgotPassword, words["Choose another password"]),
        NoticeKind.MailAddressChanged => Alarm(words["Your mail address was changed"], words["Mail about {0} goes to {1} from now on. It was changed on {2}{3}.", to.UserName!, of.What!, When(of.At, to), From(of)], PortalUrls.MyAccount, words["Look at my account"]),
        NoticeKind.SecondFactorChanged => Alarm(words["Your sign-in was changed"], words["{0}, on {1}{2}.", FactorChange(of.What), When(of.At, to), From(of)], PortalUrls.MyAccount, words["Look at my account"]),
        NoticeKind.NewSignIn => Alarm(of.Days is > 0 ? words["A sign-in after {0} failed attempts", of.Days] : words["A sign-in from a new place"],
            words["Somebody signed in as {0} on {1}{2}.", to.UserName!, When(of.At, to), From(of)], PortalUrls.ForgotPassword, words["Choose another password"]),
        NoticeKind.ApiTokenCreated => Alarm(words["An API token was made"], words["The token {0} was made with your account on {1}{2}.", of.What!, When(of.At, to), From(of)], PortalUrls.ApiTokens, words["Look at the tokens"]),
        NoticeKind.NewDevice => Alarm(words["A device was added: {0}", of.What!], words["{0} was added to your account on {1}{2}.", of.What!, When(of.At, to), From(of)], PortalUrls.Home, words["Look at my devices"]),
        NoticeKind.DeviceDecided => new MailContent(of.Yes is true ? words["Your device is approved: {0}", of.What!] : words["Your device is not let in: {0}", of.What!],
            [of.Yes is true ? words["{0} can be used at the proxy from now on.", of.What!] : words["{0} cannot be used at the proxy.", of.What!], .. Word(of)])
        { Act = Act(words["Look at my devices"], PortalUrls.Home) },
        NoticeKind.RequestDecided => new MailContent(of.Yes is true ? words["Your request was granted: {0}", of.What!] : words["Your request was refused: {0}", of.What!],
            [of.Yes is true ? words["What you asked for is open to you now: {0}.", of.What!] : words["What you asked for was not granted: {0}.", of.What!], .. Word(of)])
        { Act = Act(words["Look at my access"], PortalUrls.Home) },
        NoticeKind.RequestWaits => new MailContent(words["A request waits: {0}", of.What!], [words["{0} asked for {1} on {2}.", of.By ?? "", of.What!, When(of.At, to)], .. Word(of)])
        { Act = Act(words["Look at the requests"], of.Other == NoticeValues.Device ? PortalUrls.DeviceRequests : PortalUrls.Requests()), Aside = words["It lapses if nobody decides it."] },
        NoticeKind.NewPasswordRequired => new MailContent(words["Choose a new password"], [words["{0} asks you to choose a new password for {1}. The present one does not open the proxy any more.", Organisation, to.UserName!]])
        { Act = Act(words["Choose a new password"], PortalUrls.ForgotPassword) },
        NoticeKind.AccessEnds => Ends(of, to),
        NoticeKind.OldSecretInUse => OldSecret(of, to),
        NoticeKind.EndpointChanges => EndpointChanges(of, to),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Several notices in one mail.</summary>
    public MailContent Digest(IReadOnlyList<MailContent> contents) => new(
        contents.Count == 1 ? contents[0].Subject : words["{0} things about your access", contents.Count],
        [.. contents.SelectMany(content => (string[])[$"{content.Subject}:", .. content.Paragraphs])])
    { Act = Act(words["Look at my access"], PortalUrls.Home), Aside = words["You get this once a day, as you chose. Change that under My access."] };

    private MailContent Ends(NoticeValues of, User to)
    {
        int days = of.Days ?? 0;
        (string what, string remedy, MailAct act) = of.Other switch
        {
            nameof(EndingKind.Password) => (words["Your password"], words["Choose a new one before; it counts at once."], Act(words["Choose a new password"], PortalUrls.MyAccount)),
            nameof(EndingKind.Idle) => (words["Your unused access"].Value, words["Use the proxy once before, and it stays."].Value, Act(words["Look at my access"], PortalUrls.Home)),
            nameof(EndingKind.Device) or nameof(EndingKind.Secret) => (words["{0} at the proxy", of.What!], words["Make a new secret and enter it in the device; until then nothing else changes."], Act(words["Make a new secret"], PortalUrls.Home)),
            _ => (words["Your access"], words["Ask your administrator if you still need it."], Act(words["Look at my access"], PortalUrls.Home)),
        };
        string subject = days switch
        {
            > 1 => words["{0} ends in {1} days", what, days],
            1 => words["{0} ends tomorrow", what],
            0 => words["{0} ends today", what],
            _ => words["{0} has ended", what],
        };
        string sentence = days >= 0 ? words["{0} ends on {1}. From then on the proxy answers 407.", what, When(of.At, to)] : words["{0} ended on {1}. The proxy answers 407 since then.", what, When(of.At, to)];
        return new MailContent(subject, [sentence, remedy])
        {
            Act = act,
            Calendar = days >= 0 ? ExpiryCalendarFile.Of($"{to.Id}-{of.Other}-{of.What}", words["{0} ends", what], of.At!.Value, settings.Current.PublicUrl) : null,
        };
    }

    private MailContent EndpointChanges(NoticeValues of, User to) => new(
        words["The proxy {0} changes", of.What!],
        [
            of.Other is { } schemes ? words["From {0} on you cannot sign in at the proxy {1} by {2} any more. Until then both ways work.", When(of.At, to), of.What!, schemes]
                : words["The proxy {1}, which you use, ends on {0}. What takes its place works already.", When(of.At, to), of.What!],
            words["See what is new, and enter it in your devices."], .. Word(of),
        ])
    { Act = Act(words["See the change"], PortalUrls.Connect) };

    private MailContent OldSecret(NoticeValues of, User to) => new(
        words["{0} still sends an old password", of.What!],
        [
            words["A device{0} still sends the password that {1} had before {2}. It was seen on {3}.", of.Address is null ? "" : " " + words["at {0}", of.Address], of.What!, When(of.Other is { } replaced ? Parse(replaced) : null, to), When(of.At, to)],
            words["Look on that device where its proxy password is kept: on Windows in the Credential Manager, on a Mac in the keychain, in a browser under its saved passwords, for programs in the environment variable HTTPS_PROXY or their own settings. Enter the new one there."],
        ])
    { Act = Act(words["What this means"], PortalUrls.Help407("credential.superseded")), Aside = words["Nothing is locked by this, and it does not count as a failed attempt."] };

    private MailContent Alarm(string subject, string sentence, string url, string label) => new(subject, [sentence, words["If it was you, there is nothing to do. If not, somebody else may know how you sign in: act now and tell your administrator."]]) { Act = Act(label, url) };

    private string FactorChange(string? action) => action switch
    {
        Audit.AuditAction.SecondFactorEnrolled => words["An authenticator app was set up"],
        Audit.AuditAction.RecoveryCodesIssued => words["New recovery codes were made"],
        Audit.AuditAction.RecoveryCodeUsed => words["A recovery code was used"],
        Audit.AuditAction.PasskeyAdded => words["A passkey was added"],
        Audit.AuditAction.PasskeyRemoved => words["A passkey was removed"],
        _ => words["A one-time sign-in link was made"],
    };

    private string[] Word(NoticeValues of) => of.Word is { Length: > 0 } word ? [words["Said about it: {0}", word]] : [];

    private string From(NoticeValues of) => of.Address is null ? "" : words[" from {0}", of.Address];

    private MailAct Act(string label, string path) => new(label, settings.Current.PublicUrl + path);

    private static string When(DateTimeOffset? at, User to) => at is { } known ? ReaderZone.Text(known, to.TimeZone) : "?";

    private static DateTimeOffset? Parse(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset at) ? at : null;
}
