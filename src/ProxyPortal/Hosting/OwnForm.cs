using Microsoft.AspNetCore.Antiforgery;

namespace ProxyPortal.Hosting;

/// <summary>A form that a page of ours posts to an address that is no page.</summary>
internal static class OwnForm
{
    /// <summary>What whoever posts something else is told. With a body: an empty answer would be replaced by a page that asks to sign in.</summary>
    public static IResult NotOurs => Results.Problem("Reload the page and try again.", statusCode: StatusCodes.Status400BadRequest);

    /// <summary>Its fields; null when the token is not ours, or when it is no form: a token may come in a header, with a body of any kind.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context, IAntiforgery antiforgery) =>
        context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context) ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
}
