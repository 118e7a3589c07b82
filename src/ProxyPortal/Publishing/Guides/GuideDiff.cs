using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace ProxyPortal.Publishing.Guides;

/// <summary>What became of a line between two versions.</summary>
public enum GuideLineChange
{
    Kept = 0,
    Added = 1,
    Removed = 2,
}

/// <summary>A line of a comparison; <paramref name="Number"/> is that of the newer text, or of the older one for what was removed.</summary>
public sealed record GuideDiffLine(GuideLineChange Change, int Number, string Text);

/// <summary>Compares two versions of a guide line by line.</summary>
public static class GuideDiff
{
    // Enough to see where one is; the rest of what is the same is left out.
    private const int Around = 2;
    private const int MostLines = 2_000;

    /// <summary>The lines that differ, with those around them; null stands where lines are left out. Empty when nothing differs.</summary>
    public static IReadOnlyList<GuideDiffLine?> Between(string older, string newer)
    {
        List<GuideDiffLine> all = [.. LinesOf(older, newer)];
        List<GuideDiffLine?> shown = [];
        int last = -1;
        for (int index = 0; index < all.Count; index++)
        {
            if (!all.Skip(index - Around).Take((2 * Around) + 1 + Math.Min(0, index - Around)).Any(line => line.Change is not GuideLineChange.Kept))
                continue;
            if (last != index - 1)
                shown.Add(null);
            shown.Add(all[index]);
            last = index;
        }
        return shown;
    }

    private static IEnumerable<GuideDiffLine> LinesOf(string older, string newer)
    {
        (int removed, int added) = (0, 0);
        foreach (DiffPiece piece in Compare(older, newer))
        {
            GuideLineChange change = piece.Type switch
            {
                ChangeType.Inserted => GuideLineChange.Added,
                ChangeType.Deleted => GuideLineChange.Removed,
                _ => GuideLineChange.Kept,
            };
            removed += change is GuideLineChange.Added ? 0 : 1;
            added += change is GuideLineChange.Removed ? 0 : 1;
            yield return new GuideDiffLine(change, change is GuideLineChange.Removed ? removed : added, piece.Text);
        }
    }

    // Two texts of very many lines that differ everywhere take minutes to compare, and nobody would read the result.
    private static List<DiffPiece> Compare(string older, string newer) =>
        older.AsSpan().Count('\n') <= MostLines && newer.AsSpan().Count('\n') <= MostLines
            ? InlineDiffBuilder.Diff(older, newer, ignoreWhiteSpace: false).Lines
            : older == newer ? []
            : [.. older.Split('\n').Select(line => new DiffPiece(line, ChangeType.Deleted)), .. newer.Split('\n').Select(line => new DiffPiece(line, ChangeType.Inserted))];
}
