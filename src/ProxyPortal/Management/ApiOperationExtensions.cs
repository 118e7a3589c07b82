namespace ProxyPortal.Management;

/// <summary>The query that an operation takes, for its description and for the check that it gets no other.</summary>
internal sealed record ApiQueryFields(IReadOnlyList<string> Names);

/// <summary>What an operation says about itself beyond what its parameters say.</summary>
internal static class ApiOperationExtensions
{
    /// <summary>A list that pages, searches and sorts, with these filters besides.</summary>
    public static RouteHandlerBuilder IsList(this RouteHandlerBuilder operation, params string[] filters) => operation.TakesQuery([.. ApiQuery.Common, .. filters]);

    /// <summary>A list that only pages, with these filters besides.</summary>
    public static RouteHandlerBuilder IsPaged(this RouteHandlerBuilder operation, params string[] filters) => operation.TakesQuery([.. ApiQuery.Paging, .. filters]);

    /// <summary>Takes these query fields, each at most once, and refuses others.</summary>
    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder operation, params string[] fields) => operation
        .WithMetadata(new ApiQueryFields(fields))
        .AddEndpointFilter((context, next) => ApiQuery.Check(context.HttpContext.Request.Query, fields) is { } fault
            ? ValueTask.FromResult<object?>(ApiProblem.Of(fault)) : next(context));
}
