using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using ProxyPortal.Management;

namespace ProxyPortal.Hosting;

/// <summary>Puts a page in the place of an empty refusal, for people who open one: programs, scripts and forms get the bare status.</summary>
internal static class MissingPages
{
    /// <summary>Stands after authentication: who is signed in gets the page inside the portal, everyone else a static one without a circuit.</summary>
    public static void UseMissingPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute(PortalUrls.NotFound, createScopeForStatusCodePages: true);
        UseOnlyIf(app, context => IsPage(context) && context.User.Identity is { IsAuthenticated: true });
        app.UseStatusCodePagesWithReExecute(PortalUrls.NothingHere, createScopeForStatusCodePages: true);
        UseOnlyIf(app, context => IsPage(context) && context.User.Identity is not { IsAuthenticated: true });
        // An unknown path is unknown to everyone: asking a visitor to sign in for it would lead nowhere.
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is not null)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    // A branch of the pipeline would not do: a page shown from inside one is not routed.
    private static void UseOnlyIf(WebApplication app, Func<HttpContext, bool> applies) => app.Use((context, next) =>
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = applies(context);
        return next(context);
    });

    private static bool IsPage(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && !ManagementApi.IsMeant(context)
        && MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
        && accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);
}
