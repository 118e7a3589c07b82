using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using ProxyPortal.Settings;

namespace ProxyPortal.Hosting;

/// <summary>Headers of every answer of the portal listener, and the checks that belong to them.</summary>
internal static class SecurityHeaders
{
    /// <summary>Key in <see cref="HttpContext.Items"/> of the nonce for the page's own inline script (the import map).</summary>
    public const string NonceItem = "csp-nonce";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[NonceItem] = nonce;
        // Last of all: the exception handler empties the answer, and an error page needs these headers as much as any other.
        context.Response.OnStarting(() =>
        {
            Write(context, nonce);
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Refuses Blazor connections that a page of another origin opens: cookies would ride along, and SameSite knows only sites.</summary>
    public static IApplicationBuilder UseSameOriginCircuits(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Routing does not look at the case, so neither may this.
        if (!context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || IsSameOrigin(context))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsSameOrigin(HttpContext context)
    {
        string? origin = context.Request.Headers.Origin;
        return string.IsNullOrEmpty(origin)
            || origin.Equals($"{context.Request.Scheme}://{context.Request.Host}", StringComparison.OrdinalIgnoreCase)
            || origin.Equals(context.RequestServices.GetRequiredService<SettingsService>().Current.PublicUrl, StringComparison.OrdinalIgnoreCase);
    }

    private static void Write(HttpContext context, string nonce)
    {
        IHeaderDictionary headers = context.Response.Headers;
        // Styles: MudBlazor and Blazor's Virtualize write style attributes. Everything else comes from this site alone.
        headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; "
            + $"script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        // Pages of signed-in people and pages with forms must not lie in any cache; fingerprinted files say otherwise themselves.
        if (StringValues.IsNullOrEmpty(headers.CacheControl))
            headers.CacheControl = "no-store";
    }
}
