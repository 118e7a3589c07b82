namespace ProxyPortal.Publishing.Guides;

/// <summary>Where the state of a guide and what somebody typed differ. Of the texts the lines that do.</summary>
internal static class GuideDifferences
{
    private const int MostLines = 6;

    public static IEnumerable<EditDifference> Between(GuideInput theirs, GuideDraft mine)
    {
        EditDifference[] all =
        [
            new("Title", theirs.Title, mine.Title),
            new("Who may read it", GuideWords.Text(theirs.Visibility), GuideWords.Text(mine.Visibility)),
            new("Position", theirs.Position.ToString(System.Globalization.CultureInfo.InvariantCulture), mine.Position),
            .. LinesThatDiffer(theirs.Text, mine.Text),
        ];
        return all.Where(row => row.Theirs != row.Mine);
    }

    private static IEnumerable<EditDifference> LinesThatDiffer(string theirs, string mine)
    {
        ILookup<GuideLineChange, string> lines = GuideDiff.Between(theirs, mine).OfType<GuideDiffLine>().ToLookup(line => line.Change, line => line.Text);
        string?[] removed = [.. lines[GuideLineChange.Removed].Take(MostLines)];
        string?[] added = [.. lines[GuideLineChange.Added].Take(MostLines)];
        return Enumerable.Range(0, Math.Max(removed.Length, added.Length)).Select(index => new EditDifference($"Text, difference {index + 1}", removed.ElementAtOrDefault(index), added.ElementAtOrDefault(index)));
    }
}
