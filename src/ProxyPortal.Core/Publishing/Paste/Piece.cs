namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Some characters of a value.</summary>
internal readonly record struct Piece(Literal In, int From, int To)
{
    internal string Text => In.Text[From..To];

    internal int At => In.StartOf(From);

    internal static Piece All(Literal literal) => new(literal, 0, literal.Text.Length);

    internal IReadOnlyList<PasteEdit> Replace(string text) => In.Replace(From, To, text);
}
