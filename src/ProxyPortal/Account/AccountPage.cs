using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Languages;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Account;

/// <summary>What all account pages share: plain forms, one problem at a time, local return addresses.</summary>
public abstract class AccountPage : ComponentBase
{
    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IDbContextFactory<PortalDbContext> Contexts { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required IStringLocalizer<ErrorTexts> Errors { get; init; }

    protected Error? Problem { get; private set; }

    protected bool IsPost => HttpMethods.IsPost(HttpContext.Request.Method);

    protected CancellationToken Aborted => HttpContext.RequestAborted;

    protected Actor Visitor => Actor.From(HttpContext.User, SignInSessions.AddressOf(HttpContext));

    /// <summary>Where to go back to; null unless it is a page of ours.</summary>
    protected string? ReturnUrl => Query("returnUrl") is { } url && PortalUrls.IsLocal(url) ? url : null;

    protected string? ProblemOf(string field) => Problem?.Field == field ? Errors.Of(Problem) : null;

    protected string? Query(string name) => HttpContext.Request.Query[name] is [{ } only] ? only : null;

    protected string Field(string name) => HttpContext.Request.HasFormContentType && HttpContext.Request.Form[name] is [{ } only] ? only : "";

    /// <summary>Whether the form can be read as one value for each field; a field given twice could mean either.</summary>
    protected bool ReadForm()
    {
        if (HttpContext.Request.HasFormContentType && HttpContext.Request.Form.Files.Count == 0 && HttpContext.Request.Form.All(field => field.Value.Count == 1))
            return true;
        Refuse(new Error("form_invalid", "The form was not understood. Fill it in again."), StatusCodes.Status400BadRequest);
        return false;
    }

    protected void Refuse(Error error, int? status = null)
    {
        Problem = error;
        if (status is { } code)
            HttpContext.Response.StatusCode = code;
    }

    private protected void Refuse(SignInOutcome outcome, string? field = null)
    {
        if (outcome.Wait > TimeSpan.Zero)
            HttpContext.Response.Headers.RetryAfter = Math.Ceiling(outcome.Wait.TotalSeconds).ToString("0", System.Globalization.CultureInfo.InvariantCulture);
        Refuse(new Error("refused", outcome.Message!, field), outcome.Answer switch
        {
            SignInAnswer.Throttled => StatusCodes.Status429TooManyRequests,
            SignInAnswer.Overloaded => StatusCodes.Status503ServiceUnavailable,
            _ => null,
        });
    }

    /// <summary>Who proved a password in this browser and owes a second factor.</summary>
    protected async Task<User?> PendingUserAsync()
    {
        AuthenticateResult pending = await HttpContext.AuthenticateAsync(AccountSchemes.Pending);
        if (SessionPrincipal.UserOf(pending.Principal) is not { } id)
            return null;
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, Aborted);
    }

    protected async Task<User> ReloadAsync(Guid id)
    {
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        return await db.Users.AsNoTracking().SingleAsync(user => user.Id == id, Aborted);
    }

    /// <summary>Where a finished sign-in leads.</summary>
    protected string DestinationOf(User user) =>
        user.Role is PortalRole.Administrator && !Settings.Current.IsSetUp && ReturnUrl is null ? PortalUrls.SetupOrganisation : ReturnUrl ?? PortalUrls.Home;

    protected string WithReturn(string path) =>
        ReturnUrl is { } url ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(path, "returnUrl", url) : path;

    private protected void GoAfter(SignInOutcome outcome, User? user) => Navigation.NavigateTo(outcome.Answer switch
    {
        SignInAnswer.NeedsSecondFactor => WithReturn(PortalUrls.SecondFactor),
        SignInAnswer.NeedsEnrolment => WithReturn(PortalUrls.EnrolSecondFactor),
        _ => user is null ? ReturnUrl ?? PortalUrls.Home : DestinationOf(user),
    });
}
