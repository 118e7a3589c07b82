namespace ProxyPortal.Account.MailChange;

/// <summary>Names the texts of this folder: the English text is the key of its translations.</summary>
public sealed class MailChangeTexts;
