using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ProxyPortal.Access;
using ProxyPortal.Account;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Hosting;
using ProxyPortal.Languages;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing;

/// <summary>Sends what is published. For strangers ahead of everything else, from memory; who is signed in is told by their groups, and that is kept by nobody.</summary>
internal static class PublishedAnswers
{
    // Browsers ask again at their next start anyway; a moved proxy must be known within minutes.
    private const string ForAWhile = "public, max-age=300";
    private const string AskAgain = "no-cache";

    /// <summary>For what is made for one reader.</summary>
    public const string ForItsReader = "private, no-cache";

    // A name of 253 characters, a colon and a port: longer ones are no names.
    private const int LongestHost = 259;

    /// <summary>Stands ahead of the headers for pages: PAC files go to any host name (WPAD), and an answer without content must not replace the nonce of the page
    /// that the browser keeps.</summary>
    public static void UsePublishedFiles(this WebApplication app)
    {
        PublishedFiles files = app.Services.GetRequiredService<PublishedFiles>();
        PublishedPac pac = app.Services.GetRequiredService<PublishedPac>();
        SettingsService settings = app.Services.GetRequiredService<SettingsService>();
        app.Use((context, next) =>
        {
            string? path = context.Request.Path.Value;
            if (PortalUrls.IsPacFile(path, out ReadOnlySpan<char> profile))
                return PacAsync(context, pac, profile);
            if (!IsStranger(context) || !KnownHosts.IsKnown(context.Request.Host.Host, settings))
                return next(context);
            if (Is(path, PortalUrls.ConnectJson))
                return SendAsync(context, files.Json, AskAgain);
            return Is(path, PortalUrls.Connect) ? PageAsync(context, next, files) : next(context);
        });
    }

    /// <summary>The document for those who are signed in.</summary>
    public static void MapConnect(this WebApplication app) => app.MapGet(PortalUrls.ConnectJson, async (HttpContext context, ConnectService connect, PublishedFiles files) =>
        await SendAsync(context, files.JsonOf(await connect.ListAsync(ReaderOf(context), context.RequestAborted)), ForItsReader)).AllowAnonymous().ExcludeFromDescription();

    public static Actor ReaderOf(HttpContext context) => Actor.From(context.User, SignInSessions.AddressOf(context));

    private static Task PageAsync(HttpContext context, RequestDelegate next, PublishedFiles files)
    {
        string tag = files.PageTag(PortalLanguages.Choose(context).UICulture);
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.QueryString.HasValue)
            return next(context);
        if (Matches(context.Request.Headers.IfNoneMatch, tag))
        {
            Tag(context.Response, tag, AskAgain);
            context.Response.Headers.Vary = VaryByReader;
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status200OK)
            {
                Tag(context.Response, tag, "private, " + AskAgain);
                context.Response.Headers.Vary = VaryByReader;
            }
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static StringValues VaryByReader => "Accept-Language, Cookie";

    private static Task PacAsync(HttpContext context, PublishedPac pac, ReadOnlySpan<char> profile)
    {
        if (context.Request.Host.Value?.Length > LongestHost)
            return EndAsync(context, StatusCodes.Status400BadRequest);
        PacFile? found = profile.IsEmpty ? pac.Default : pac.Find(profile);
        return found is null ? EndAsync(context, StatusCodes.Status404NotFound) : SendAsync(context, found.File, ForAWhile);
    }

    /// <summary>Sends a file, or 304 to those who have it.</summary>
    public static Task SendAsync(HttpContext context, PublishedFile file, string caching)
    {
        HttpResponse response = context.Response;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }
        Tag(response, file.ETag, caching);
        response.Headers.XContentTypeOptions = "nosniff";
        if (Matches(context.Request.Headers.IfNoneMatch, file.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = file.ContentType;
        response.ContentLength = file.Content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(file.Content, 0, file.Content.Length, context.RequestAborted);
    }

    private static Task EndAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static void Tag(HttpResponse response, string tag, string caching) => (response.Headers.ETag, response.Headers.CacheControl) = (tag, caching);

    // The common case without parsing: one tag, ours. A list is looked through as RFC 9110 §13.1.2 says, weakly.
    private static bool Matches(StringValues sent, string tag)
    {
        if (sent.Count == 0)
            return false;
        return sent == tag || (EntityTagHeaderValue.TryParseList(sent, out IList<EntityTagHeaderValue>? tags)
            && tags.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false)));
    }

    private static bool Is(string? path, string known) => string.Equals(path, known, StringComparison.OrdinalIgnoreCase);

    // Any cookie of a session counts, also one that is not valid any more: the pages behind find that out.
    private static bool IsStranger(HttpContext context) => context.Request.Headers.Cookie.Count == 0 || !context.Request.Cookies.Keys.Any(name => name.Contains(AccountSchemes.SessionCookie, StringComparison.Ordinal));
}
