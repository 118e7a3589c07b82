namespace ProxyPortal.Data;

/// <summary>One page of a list, and how many there are in all.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, int Total)
{
    /// <summary>There are more than <see cref="Total"/>: counting all of them would take longer than anyone waits.</summary>
    public bool IsAtLeast { get; init; }
}

internal static class Paging
{
    /// <summary>The rows of a page that counts from 0. Whatever is asked for, the size is between 1 and <paramref name="largest"/>, and a
    /// page too far away is the farthest one: its rows are none.</summary>
    public static IQueryable<T> AtPage<T>(this IQueryable<T> rows, int page, int pageSize, int largest)
    {
        int size = Math.Clamp(pageSize, 1, largest);
        return rows.Skip(Math.Clamp(page, 0, int.MaxValue / size) * size).Take(size);
    }
}
