using System.Globalization;

namespace ProxyPortal;

/// <summary>What of a long list is shown, as it stands in the address. Pages count from 1, as people do.</summary>
public interface IListView<out TSelf>
{
    int PageSize { get; }

    string Url { get; }

    /// <summary>Whether any filter hides rows.</summary>
    bool IsFiltered { get; }

    TSelf At(int page, int pageSize);

    /// <summary>The first page of what contains <paramref name="text"/>.</summary>
    TSelf Searching(string? text);
}

/// <summary>The parts of an address that every long list reads alike.</summary>
public static class ListAddress
{
    public const int DefaultSize = 25;

    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100];

    /// <summary>A page number from an address; anything else is the first page.</summary>
    public static int ReadPage(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page is > 0 and < 10_000_000 ? page : 1;

    /// <summary>A time from an address: a day, or a time with its zone; null for anything else.</summary>
    public static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) ? at : null;

    /// <summary>One of <see cref="Sizes"/> from an address.</summary>
    public static int ReadSize(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && Sizes.Contains(size) ? size : DefaultSize;
}
