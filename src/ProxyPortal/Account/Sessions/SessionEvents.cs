using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ProxyPortal.Account.Sessions;

/// <summary>Turns the key in a cookie into the person it stands for, on every request, and answers those who are nobody.</summary>
internal sealed class SessionEvents(SignInSessions sessions, ILogger<SessionEvents> log) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        string? key = context.Principal?.FindFirstValue(SessionPrincipal.KeyClaim);
        ClaimsPrincipal? principal = null;
        try
        {
            principal = key is null ? null : await sessions.FindAsync(key, context.Scheme.Name, context.HttpContext.RequestAborted);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Who cannot be looked up is nobody; the cookie stays for when the database is back.
            AccountLog.SessionLookupFailed(log, exception);
        }
        if (principal is null)
            context.RejectPrincipal();
        else
            context.ReplacePrincipal(principal);
    }

    public override Task RedirectToLogin(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context)
    {
        HttpRequest request = context.Request;
        // Only a browser that opens a page can do anything with the sign-in page.
        if (HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/_blazor"))
            context.Response.Redirect(PortalUrls.SignInAndReturn(request.Path + request.QueryString));
        else
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
