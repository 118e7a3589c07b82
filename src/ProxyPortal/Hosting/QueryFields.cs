using ProxyPortal.Core;

namespace ProxyPortal.Hosting;

/// <summary>The fields that the address of a page may have. Any other is refused: left out silently, a filter that is none would show
/// everything, and nobody would notice.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class QueryFieldsAttribute(params string[] names) : Attribute
{
    /// <summary>What <c>sort</c> may be, separated by spaces.</summary>
    public string Sorts { get; init; } = "";

    public Error? Check(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(key => !names.Contains(key, StringComparer.OrdinalIgnoreCase)) is not null)
            return new Error("query_unknown", $"The address has a field that this page does not know. It knows {string.Join(", ", names)}.");
        return query["sort"].All(sort => string.IsNullOrEmpty(sort) || Sorts.Split(' ').Contains(sort, StringComparer.Ordinal))
            ? null : new Error("sort_unknown", $"sort: Sort by one of {Sorts.Replace(" ", ", ", StringComparison.Ordinal)}.", "sort");
    }
}

internal static class QueryFields
{
    /// <summary>Stands after authorisation: who may not see a page is not told what it takes.</summary>
    public static IApplicationBuilder UseQueryFields(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<QueryFieldsAttribute>()?.Check(context.Request.Query) is not { } fault)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(fault.Message, context.RequestAborted);
    });
}
