using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Management;

/// <summary>Answers of operations out of what services return.</summary>
internal static class ApiResults
{
    /// <summary>The value as <paramref name="shape"/> shows it, or the refusal.</summary>
    public static IResult Ok<T, TShape>(this Result<T> result, Func<T, TShape> shape) =>
        result.Error is { } error ? ApiProblem.Of(error) : TypedResults.Ok(shape(result.Value));

    /// <summary>A page as the contract wants it: <c>{ "items": […], "total": N }</c>.</summary>
    public static IResult OkPage<T, TShape>(this Result<PageOf<T>> result, Func<T, TShape> shape) =>
        result.Ok(page => new ApiPage<TShape>([.. page.Items.Select(shape)], page.Total));

    public static IResult NoContent(this Result result) => result.Error is { } error ? ApiProblem.Of(error) : TypedResults.NoContent();

    /// <summary>The version of what is answered, for <c>If-Match</c> of a later change.</summary>
    public static void TellVersion(this HttpResponse response, long version) => response.Headers.ETag = $"\"{version}\"";

    /// <summary>The version that the caller saw, from <c>If-Match</c>; null when it does not say. Anything else than one version of ours matches nothing.</summary>
    public static long? ExpectedVersion(this HttpRequest request) =>
        request.Headers.IfMatch is not { Count: > 0 } values || values.ToString() == "*" ? null
        : long.TryParse(values.ToString().Trim('"'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long version) ? version : -1;

    /// <summary>What became of a change that named a version which is no longer the present one.</summary>
    public static Error VersionConflict { get; } = new("version_conflict", "It was changed since you read it. Read it again, and repeat the change if it still makes sense.");
}

/// <summary>One page of a list.</summary>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, int Total);
