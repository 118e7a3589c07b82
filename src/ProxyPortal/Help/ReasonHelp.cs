using ProxyPortal.Core.Verification;

namespace ProxyPortal.Help;

/// <summary>A reason in plain words, for the person who stands before it and for the administrator who is asked. The texts are the keys of their
/// translations in <see cref="HelpTexts"/>.</summary>
/// <param name="Title">What it was.</param>
/// <param name="Meaning">What happened.</param>
/// <param name="ForUser">What the person can do.</param>
/// <param name="ForAdministrator">What an administrator can do.</param>
public sealed record ReasonHelp(string Title, string Meaning, string ForUser, string ForAdministrator)
{
    /// <summary>Every code that has a page, the public one first.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        [RejectionReasons.PublicCode, .. Enum.GetValues<RejectionReason>().Where(reason => reason is not RejectionReason.None).Select(reason => reason.Code())];

    /// <summary>What is said as long as the secret was not proved.</summary>
    public static ReasonHelp Public { get; } = new(
        "The proxy did not accept your sign-in",
        "The user name or the password was not accepted. The proxy does not say which, because that would help people who guess.",
        "Check user name and password for typing errors. Signed in to the portal you see under My access the true reason of your own attempts, and what helps.",
        "The verifications hold the true reason of each attempt. Search there for the user-id, or for the id that stands in the proxy's log.");

    /// <summary>The words of a code of the contract; null for anything else.</summary>
    public static ReasonHelp? Find(string? code) =>
        code == RejectionReasons.PublicCode ? Public
        : code is not null && RejectionReasons.TryParse(code, out RejectionReason reason) && reason is not RejectionReason.None ? Of(reason) : null;

    public static ReasonHelp Of(RejectionReason reason) => reason switch
    {
        RejectionReason.None => new("Let through", "Nothing was wrong.", "", ""),
        RejectionReason.NoCredentials => new(
            "The proxy asks you to sign in",
            "The proxy asked for a user name and a password, and your device sent none. Every session starts like this.",
            "Enter your user name and password when your device asks. If it never asks, look up in its proxy settings where they go.",
            "Nothing is wrong as long as the client answers. A client that never answers was not given credentials, or does not speak any scheme that the endpoint offers."),
        RejectionReason.HeaderMalformed => new(
            "Unreadable credentials",
            "Your device sent something that cannot be read as a user name and a password.",
            "Enter the user name and password anew in the proxy settings of your device. A line break, or a password pasted with quotation marks, is a usual cause.",
            "The header Proxy-Authorization is not well-formed. Look at what the client sends: broken Base64, a missing colon, or control characters."),
        RejectionReason.SchemeNotAllowed => new(
            "This way of signing in is not allowed",
            "Your device signed in by a scheme that this proxy, or one of your groups, does not allow.",
            "See under My access which schemes the proxy takes, and choose one of them in your device or program.",
            "Compare the schemes of the endpoint, of the user's groups and of the device: only what all of them allow is accepted. Allow the scheme there, or configure the client for another one."),
        RejectionReason.SchemeUnsupported => new(
            "This way of signing in is unknown",
            "Your device signed in by a scheme that the portal cannot check.",
            "Choose Basic in your device or program, or another scheme that is named under My access.",
            "The portal does not verify this scheme. Offer only schemes that it knows in the proxy's configuration."),
        RejectionReason.UnknownUser => new(
            "Unknown user name",
            "There is no account of the name that was sent.",
            "Check the user name for typing errors; your own is shown under My access. A device signs in as user name, plus sign and device name.",
            "The name was mistyped, the account was deleted, or somebody guesses. The user list also shows who lies in the bin."),
        RejectionReason.WrongSecret => new(
            "Wrong password",
            "The user name is right, the password or device secret is not the present one.",
            "Enter the password anew, with care for capital letters and keyboard layout. If it is lost, make a new secret for the device under My access, or choose a new password.",
            "See in the verifications which device and address it comes from. A password link or a new device secret helps; many failures from foreign addresses mean that somebody guesses."),
        RejectionReason.SupersededSecret => new(
            "An old password",
            "Your device still sends a password or secret that was replaced.",
            "Find the device by its address under My access, and enter the new password there: in the system's proxy settings, in the browser's saved passwords and in programs with settings of their own.",
            "The device holds an earlier secret. The owner has to enter the new one there; failures of this kind are not counted as guesses."),
        RejectionReason.CredentialExpired => new(
            "Password too old",
            "The password or device secret was right, but may not be used any longer because of its age.",
            "Choose a new password under My account, or make a new secret for the device under My access. Then enter it in the device.",
            "An expiry policy ended the secret. Its owner renews it alone; the policy of the user's groups says for how long a secret lasts."),
        RejectionReason.CredentialRevoked => new(
            "Secret withdrawn",
            "The password or device secret was right, but was withdrawn.",
            "Make a new secret for the device under My access, or choose a new password under My account.",
            "A new secret was required of this user. It ends once its owner has made one; issue a password link where they cannot sign in."),
        RejectionReason.MustChange => new(
            "A new password is needed",
            "The password was right, but you have to choose one of your own first.",
            "Sign in to the portal with it and choose a new password under My account. It works at the proxy at once.",
            "The password was given by somebody else or is known to others. Its owner has to choose a new one in the portal; a password link does the same."),
        RejectionReason.AccountNotYetValid => new(
            "Access has not started",
            "Your access starts later.",
            "Wait until the day that is shown under My access. Ask your administrator if it should start earlier.",
            "The start of the account lies in the future. Move it on the user's page if that was not meant."),
        RejectionReason.AccountExpired => new(
            "Access has ended",
            "The time for which you had access is over.",
            "Ask your administrator to extend your access. Your password and devices stay as they are.",
            "The end of the account has passed. Set a later end on the user's page, or for many users at once in the user list."),
        RejectionReason.AccountSuspended => new(
            "Access is suspended",
            "An administrator suspended your access.",
            "Ask your administrator why, and when it will be resumed.",
            "The user is suspended. Resume on the user's page; the audit trail says who suspended it and when."),
        RejectionReason.AccountIdle => new(
            "Unused for too long",
            "Your access ended because nobody used it for a long time.",
            "Choose a new password under My account, or ask your administrator for a password link: a new password makes your access usable again.",
            "An expiry policy ends accounts that nobody uses. A new password makes the account usable again; the policy says after how many days it ends."),
        RejectionReason.DeviceRequested => new(
            "The device waits for approval",
            "The device was asked for, and nobody has approved it yet.",
            "Wait, or remind your administrator. You are told when somebody decides.",
            "Approve or decline it under Requests. A request that nobody decides lapses by itself."),
        RejectionReason.DeviceExpired => new(
            "The device has ended",
            "The time for which this device was approved is over.",
            "Add the device anew under My access, or ask your administrator for a later end.",
            "The end of the device has passed. Set a later one on the device's page, or have its owner add it anew."),
        RejectionReason.DeviceRevoked => new(
            "The device is revoked or paused",
            "The device's secret was right, but the device was revoked or paused.",
            "Resume it under My access if you paused it. A revoked device stays revoked: remove it there and add it anew.",
            "The device's page says who revoked or paused it, and why. A paused device can be resumed; a revoked one is replaced by a new one."),
        RejectionReason.DeviceRequired => new(
            "A device secret is needed",
            "Your own password opens no proxy here: each device signs in with a secret of its own.",
            "Add your device under My access, and enter the login and the secret that are shown there.",
            "One of the user's groups takes device secrets only. The user adds a device; or take that rule from the group."),
        RejectionReason.EndpointNotAllowed => new(
            "This proxy is not open to you",
            "You signed in rightly, but at a proxy that your groups or this device do not include.",
            "Use one of the proxies that are named under My access, or ask there for another group.",
            "Compare the endpoints of the user's groups and of the device with where the user arrived. A proxy that does not name its endpoint reaches no user whose groups name theirs."),
        RejectionReason.SourceNotAllowed => new(
            "Not from this address",
            "You signed in rightly, but from a network that is not allowed.",
            "Connect from an allowed network, for example through the VPN of your organisation. The allowed ones are named under My access.",
            "Compare the networks of the user's groups and of the device with the address in the verification. If the proxy tells no address, nobody with such a rule gets through."),
        RejectionReason.TimeNotAllowed => new(
            "Not at this hour",
            "You signed in rightly, but at an hour at which your groups may not use the proxy.",
            "Try again within the hours that are named under My access.",
            "The hours of one of the user's groups are closed. Mind their time zone."),
        RejectionReason.Throttled => new(
            "Too many attempts",
            "There were too many wrong passwords before, so this attempt was not even checked.",
            "Wait a minute and try again with the right password. Switch off devices that go on sending a wrong one.",
            "Too many failures came from that address or against that account. It passes by itself; a new password lifts it at once."),
        RejectionReason.TicketInvalid => new(
            "Ticket invalid",
            "The sign-in ticket of your device cannot be read or has ended.",
            "Sign out of your computer and in again, so that it gets a new ticket. Check that its clock is right.",
            "The ticket is damaged, too old, or made for another name. Check clocks, the service name and the key table of the proxy."),
        RejectionReason.TokenReplayed => new(
            "Token used twice",
            "A token that works once came a second time.",
            "Try again: your device then takes a new token. If it goes on, restart the program.",
            "A client or something on the way repeats requests, or somebody copied a token. Compare the addresses in the verifications."),
        RejectionReason.Overloaded => new(
            "The portal is busy",
            "Your password could not be checked because too many were checked at once. That says nothing about your password.",
            "Try again in a few seconds.",
            "More passwords came at once than could be checked. Device secrets are not affected; see the numbers on the overview, and the option for parallel checks."),
        RejectionReason.BackendUnavailable => new(
            "The check is not possible now",
            "Something that the check needs did not answer. That says nothing about your password.",
            "Try again in a moment. If it lasts, tell your administrator.",
            "Something behind the portal did not answer. The portal's log and its health page name it."),
    };
}
