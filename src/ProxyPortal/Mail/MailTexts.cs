namespace ProxyPortal.Mail;

/// <summary>The words of mails.</summary>
public sealed class MailTexts;
