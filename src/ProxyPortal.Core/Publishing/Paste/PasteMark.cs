namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>A trouble that the format alone can see.</summary>
internal sealed record PasteMark(PasteTrouble Trouble, int At, string? Found, string? Expected, params IReadOnlyList<PasteEdit> Fixes);
