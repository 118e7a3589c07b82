namespace ProxyPortal.HelpDesk;

/// <summary>Names the texts of this folder that users read: the English text is the key of its translations.</summary>
public sealed class HelpDeskTexts;
