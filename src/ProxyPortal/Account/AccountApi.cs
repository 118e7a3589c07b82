using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ProxyPortal.Access;
using ProxyPortal.Account.FirstRun;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Languages;
using ProxyPortal.Links;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Account;

/// <summary>What account pages call besides themselves: signing out, the options of passkey ceremonies, and advice on a password while it is typed.</summary>
internal static class AccountApi
{
    public static void MapAccountApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(PortalUrls.SignOut, SignOutAsync).AllowAnonymous();
        routes.MapPost(PortalUrls.PasskeySignInOptions, PasskeySignInOptionsAsync).AllowAnonymous();
        routes.MapPost(PortalUrls.PasskeySetupOptions, PasskeySetupOptionsAsync).AllowAnonymous();
        routes.MapPost(PortalUrls.PasskeyCreationOptions, PasskeyCreationOptionsAsync).AllowAnonymous();
        routes.MapPost(PortalUrls.PasswordAdvice, PasswordAdviceAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInSessions sessions, AuditTrail audit)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return OwnForm.NotOurs;
        Actor actor = Actor.From(context.User, SignInSessions.AddressOf(context));
        await sessions.EndAsync(context, IdentityConstants.ApplicationScheme, context.RequestAborted);
        await sessions.EndAsync(context, AccountSchemes.Pending, context.RequestAborted);
        if (actor.Id is { } id)
            await audit.WriteAsync(actor, AuditAction.SignedOut, new AuditTarget("user", id, actor.Name), cancellationToken: context.RequestAborted);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Results.LocalRedirect(PortalUrls.SignIn);
    }

    // By the rule that will decide, while it is typed. The list of common passwords is here; what was typed is forgotten at once.
    private static async Task<IResult> PasswordAdviceAsync(HttpContext context, IAntiforgery antiforgery, SettingsService settings, IStringLocalizer<ErrorTexts> errors)
    {
        if (await OwnForm.ReadAsync(context, antiforgery) is not { } form)
            return OwnForm.NotOurs;
        Error? refusal = PasswordRules.Check(form["password"].ToString(), form["userId"].ToString(), settings.Current.OrganisationName);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { refusal = refusal is null ? null : errors.Of(refusal) });
    }

    private static async Task<IResult> PasskeySignInOptionsAsync(HttpContext context, IAntiforgery antiforgery, PasskeyService passkeys) =>
        await antiforgery.IsRequestValidAsync(context) ? Results.Text(await passkeys.SignInOptionsAsync(context), "application/json") : OwnForm.NotOurs;

    // For whoever holds a set-up link that still works, and nobody else.
    private static async Task<IResult> PasskeySetupOptionsAsync(
        HttpContext context, IAntiforgery antiforgery, PasskeyService passkeys, FirstRunService firstRun, LinkCookie link)
    {
        if (await OwnForm.ReadAsync(context, antiforgery) is not { } form)
            return OwnForm.NotOurs;
        if (!await firstRun.IsOpenAsync(link.Read(context, LinkPurpose.Setup), context.RequestAborted))
            return Results.Unauthorized();
        Result<string> options = await passkeys.FirstOptionsAsync(context, form["userId"].ToString(), form["displayName"].ToString());
        return options.Error is { } error ? Results.Problem(error.Message, statusCode: StatusCodes.Status400BadRequest) : Results.Text(options.Value, "application/json");
    }

    private static async Task<IResult> PasskeyCreationOptionsAsync(
        HttpContext context, IAntiforgery antiforgery, PasskeyService passkeys, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return OwnForm.NotOurs;
        if (await AddingUserAsync(context, contexts, time) is not { } user)
            return Results.Unauthorized();
        return Results.Text(await passkeys.CreationOptionsAsync(context, user), "application/json");
    }

    /// <summary>Who may add a passkey now: someone signed in who proved it minutes ago, or someone who has just given a password and has
    /// no second factor yet.</summary>
    public static async Task<User?> AddingUserAsync(HttpContext context, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(context.RequestAborted);
        if (SessionPrincipal.UserOf(context.User) is { } signedIn)
            return SessionPrincipal.IsFresh(context.User, time.GetUtcNow()) ? await db.Users.SingleOrDefaultAsync(row => row.Id == signedIn, context.RequestAborted) : null;
        if (SessionPrincipal.UserOf((await context.AuthenticateAsync(AccountSchemes.Pending)).Principal) is not { } pending)
            return null;
        User? user = await db.Users.SingleOrDefaultAsync(row => row.Id == pending, context.RequestAborted);
        return user is not null && await SignIn.SignInService.NextAsync(db, user, context.RequestAborted) is SignIn.SignInAnswer.NeedsEnrolment ? user : null;
    }
}
