namespace ProxyPortal.Components.Shared;

/// <summary>The words of what all pages share.</summary>
public sealed class SharedTexts;
