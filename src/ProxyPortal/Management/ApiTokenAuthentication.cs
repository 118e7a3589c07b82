using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Credentials;
using ProxyPortal.Data;

namespace ProxyPortal.Management;

internal sealed class ApiTokenOptions : AuthenticationSchemeOptions;

/// <summary><c>Authorization: Bearer TOKEN</c>. A browser's cookie opens nothing here, so no page elsewhere can make a browser call the API.
/// Looked up for each call: a token that was revoked is refused at the next one.</summary>
internal sealed class ApiTokenAuthentication(
    IOptionsMonitor<ApiTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits)
    : AuthenticationHandler<ApiTokenOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiToken";
    private const string Prefix = "Bearer ";
    private const int ShortestToken = 32;
    private const int LongestToken = 256;
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);
    private bool _presented;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        StringValues headers = Request.Headers.Authorization;
        _presented = headers.Count > 0;
        // Of two headers, which one counts is a matter of taste, and tastes differ between programs.
        if (headers.Count != 1 || headers[0] is not { } header || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        string presented = header[Prefix.Length..].Trim(' ');
        if (presented.Length is < ShortestToken or > LongestToken)
            return AuthenticateResult.NoResult();
        byte[] digest = SecretDigests.OfKey(presented);
        DateTimeOffset now = TimeProvider.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(Context.RequestAborted);
        var token = await db.ApiTokens.AsNoTracking()
            .Where(row => row.Digest == digest && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
            .Select(row => new { row.Id, row.Name, row.Scopes, row.LastUsedAt }).SingleOrDefaultAsync(Context.RequestAborted);
        if (token is null)
            return AuthenticateResult.NoResult();
        if (now - token.LastUsedAt is not { } since || since >= TouchInterval)
            await TouchAsync(db, token.Id, now);
        Context.Features.Set(new TokenGrant(token.Id, token.Name, token.Scopes));
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, token.Name)], SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // RFC 6750: whoever presented nothing is only told how to.
        Response.Headers.WWWAuthenticate = _presented ? "Bearer error=\"invalid_token\"" : "Bearer";
        return ApiProblem.WriteAsync(Context, StatusCodes.Status401Unauthorized,
            new Error("unauthenticated", "Send an API token that is neither revoked nor expired, once, as Authorization: Bearer TOKEN."));
    }

    private async Task TouchAsync(PortalDbContext db, Guid id, DateTimeOffset now)
    {
        try
        {
            using (await commits.EnterAsync(Context.RequestAborted))
                await db.ApiTokens.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), Context.RequestAborted);
        }
        catch (Exception exception) when (DatabaseBusyException.IsCauseOf(exception))
        {
            // The call is worth more than the note of it; the next one makes it up.
        }
    }
}
