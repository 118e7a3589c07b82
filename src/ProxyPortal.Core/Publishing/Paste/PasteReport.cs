namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>What is wrong in a pasted text. <paramref name="Corrected"/> is null where nothing is wrong, and where some trouble needs a person: a
/// text that is only nearly right is not handed out. <paramref name="Endpoint"/> is the target it was compared with.</summary>
public sealed record PasteReport(PasteKind? Kind, IReadOnlyList<PasteFinding> Findings, string? Corrected, string? Endpoint);
