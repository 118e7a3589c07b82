using System.Globalization;
using Microsoft.Extensions.Primitives;
using ProxyPortal.Core;

namespace ProxyPortal.Management;

/// <summary>The query of a list: <c>?page=&amp;pageSize=&amp;search=&amp;sort=</c> and the filters of the operation. Pages count from 1; <c>sort=-name</c> is descending.
/// An unknown field is refused: left out silently, a mistyped filter would show everything.</summary>
/// <param name="Page">Counts from 0, as the services do.</param>
/// <param name="PageSize">At most <see cref="LargestPage"/>.</param>
/// <param name="Search">Text, or null.</param>
/// <param name="Sort">A field, or null.</param>
/// <param name="Descending">From the largest down.</param>
internal sealed record ApiQuery(int Page, int PageSize, string? Search, string? Sort, bool Descending)
{
    public const int LargestPage = 200;
    private const int UsualPage = 25;

    /// <summary>The fields of every list that pages.</summary>
    public static IReadOnlyList<string> Paging { get; } = ["page", "pageSize"];

    /// <summary>The fields of every list that can also be searched and sorted.</summary>
    public static IReadOnlyList<string> Common { get; } = [.. Paging, "search", "sort"];

    /// <summary>Errors: <c>query_unknown</c>, <c>query_repeated</c>, <c>page_invalid</c>, <c>pageSize_invalid</c>.</summary>
    /// <param name="query">As it came.</param>
    /// <param name="filters">The fields of the operation besides the common ones.</param>
    public static Result<ApiQuery> Read(IQueryCollection query, params string[] filters) => ReadKnown(query, [.. Common, .. filters]);

    /// <summary>The same for a list that is neither searched nor sorted.</summary>
    public static Result<ApiQuery> ReadPaging(IQueryCollection query, params string[] filters) => ReadKnown(query, [.. Paging, .. filters]);

    /// <summary>Whether the query has nothing but <paramref name="known"/>, each at most once.</summary>
    public static Error? Check(IQueryCollection query, IReadOnlyList<string> known)
    {
        foreach ((string name, StringValues values) in query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                return new Error("query_unknown", known.Count == 0 ? "This operation takes no query." : $"The query knows {string.Join(", ", known)}.", name.Length is > 0 and <= 64 ? name : null);
            if (values.Count != 1)
                return new Error("query_repeated", $"{name} is given more than once.", name);
        }
        return null;
    }

    public static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A point in time, or null when it is left out. Errors: <c>…_invalid</c>.</summary>
    public static Result<DateTimeOffset?> Time(IQueryCollection query, string name) =>
        Text(query, name) is not { } text ? (DateTimeOffset?)null
        : ApiTime.TryParse(text, out DateTimeOffset time) ? time : ApiTime.Invalid(name);

    /// <summary>An id, or null when it is left out. Errors: <c>…_invalid</c>.</summary>
    public static Result<Guid?> Id(IQueryCollection query, string name) =>
        Text(query, name) is not { } text ? (Guid?)null
        : Guid.TryParseExact(text, "D", out Guid id) ? id : new Error($"{name}_invalid", $"{name} is an id such as 0196f0c4-0000-7000-8000-000000000000.", name);

    private static Result<ApiQuery> ReadKnown(IQueryCollection query, IReadOnlyList<string> known)
    {
        if (Check(query, known) is { } fault)
            return fault;
        int page = 1;
        if (Text(query, "page") is { } pageText && !(int.TryParse(pageText, NumberStyles.None, CultureInfo.InvariantCulture, out page) && page is > 0 and < 10_000_000))
            return new Error("page_invalid", "page is a whole number from 1 on.", "page");
        int size = UsualPage;
        if (Text(query, "pageSize") is { } sizeText && !(int.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is > 0 and <= LargestPage))
            return new Error("pageSize_invalid", $"pageSize is a whole number from 1 to {LargestPage}.", "pageSize");
        string? sort = Text(query, "sort");
        bool descending = sort is ['-', ..];
        return new ApiQuery(page - 1, size, Text(query, "search"), descending ? sort![1..] : sort, descending);
    }

    /// <summary>Whether what is sorted by is one of <paramref name="fields"/>, the first of which is the usual one. Errors: <c>sort_unknown</c>.</summary>
    public Error? CheckSort(params ReadOnlySpan<string> fields) =>
        Sort is null || fields.Contains(Sort) ? null : new Error("sort_unknown", $"Sort by one of {string.Join(", ", fields.ToArray())}.", "sort");

    /// <summary>The page of a list that is held in memory, in its order or the reverse of it.</summary>
    public ApiPage<TShape> PageOf<T, TShape>(IEnumerable<T> rows, Func<T, TShape> shape)
    {
        T[] all = [.. Descending ? rows.Reverse() : rows];
        return new ApiPage<TShape>([.. all.Skip(Page * PageSize).Take(PageSize).Select(shape)], all.Length);
    }
}
