using System.Text;

namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>One replacement in the pasted text.</summary>
internal readonly record struct PasteEdit(int Start, int End, string Text)
{
    internal static PasteEdit Insert(int at, string text) => new(at, at, text);

    /// <summary>All edits at once. Of two that overlap the first one wins: what is left is seen in the next round.</summary>
    internal static string Apply(string text, IEnumerable<PasteEdit> edits)
    {
        var applied = new StringBuilder(text.Length + 64);
        int done = 0;
        foreach (PasteEdit edit in edits.OrderBy(edit => edit.Start))
        {
            if (edit.Start < done)
                continue;
            applied.Append(text, done, edit.Start - done).Append(edit.Text);
            done = edit.End;
        }
        return applied.Append(text, done, text.Length - done).ToString();
    }
}
