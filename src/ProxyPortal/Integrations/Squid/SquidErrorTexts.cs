namespace ProxyPortal.Integrations.Squid;

/// <summary>Names the texts of the pages that Squid shows.</summary>
public sealed class SquidErrorTexts;
