namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>An endpoint the reader may use. <paramref name="Schemes"/> are what it asks for; no trouble depends on them yet.</summary>
public sealed record PasteTarget(string Name, ProxyAddress Address, IReadOnlyList<string> Schemes);
