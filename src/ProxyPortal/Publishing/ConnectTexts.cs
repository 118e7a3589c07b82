namespace ProxyPortal.Publishing;

/// <summary>Names the texts of the pages that publish where proxies are.</summary>
public sealed class ConnectTexts;
