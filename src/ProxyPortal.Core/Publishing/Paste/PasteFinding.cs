namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>One trouble in line <paramref name="Line"/>, counted from 1. <paramref name="Found"/> and
/// <paramref name="Expected"/> have at most 200 characters and are null where the place is a secret's.</summary>
public sealed record PasteFinding(PasteTrouble Trouble, int Line, string? Found, string? Expected);
