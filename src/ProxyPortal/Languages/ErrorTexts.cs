namespace ProxyPortal.Languages;

/// <summary>The words of refusals that users read, whichever service they come from.</summary>
public sealed class ErrorTexts;
