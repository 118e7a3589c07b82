namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>One format: how to take a text apart (null: it is written in another one), and how its client reads it.</summary>
internal sealed record PasteFormat(PasteKind Kind, Func<string, PasteReading?> Read, PasteTraits Traits)
{
    internal bool Has(PasteTraits trait) => Traits.HasFlag(trait);
}
