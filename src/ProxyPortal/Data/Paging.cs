namespace ProxyPortal.Data;

internal static class Paging
{
    /// <summary>How many rows lie before a page, counted from 0. A page beyond any table is an empty one, not an overflow that starts
    /// again at the first row.</summary>
    public static int RowsBefore(int page, int size) => (int)Math.Min(int.MaxValue, Math.Max(0, page) * (long)size);
}
