using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Languages;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Sessions;

/// <summary>Starts, looks up, lists and ends sign-in sessions.</summary>
internal sealed class SignInSessions(IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, TimeProvider time)
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    /// <summary>Signs this browser in under a new key; the session it had before ends, so that no key survives a change of rights.</summary>
    public async Task StartAsync(HttpContext context, User user, SignInStage stage, bool secondFactor, bool keep, CancellationToken cancellationToken)
    {
        foreach (string scheme in (string[])[IdentityConstants.ApplicationScheme, AccountSchemes.Pending])
            await EndAsync(context, scheme, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        string key = GeneratedSecret.CreateLinkToken();
        bool persistent = keep && stage is SignInStage.Full && user.Role is PortalRole.None;
        var session = new SignInSession
        {
            UserId = user.Id,
            KeyDigest = SecretDigests.OfKey(key),
            Stage = stage,
            SecondFactor = secondFactor,
            SecurityStamp = user.SecurityStamp ?? "",
            CreatedAt = now,
            ProvedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + SessionRules.LifetimeOf(user, stage, keep),
            Address = AddressOf(context)?.ToString(),
            Browser = BrowserOf(context),
        };
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        db.SignInSessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        // What this browser speaks is what the next mail speaks, and its clock shows the times in it.
        string language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        string? zone = ReaderZone.Of(context) ?? user.TimeZone;
        using (await commits.EnterAsync(cancellationToken))
        {
            await db.SignInSessions.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
            if (stage is SignInStage.Full && (user.Language != language || user.TimeZone != zone))
                await db.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Language, language).SetProperty(row => row.TimeZone, zone), cancellationToken);
        }
        string target = SchemeOf(stage);
        await context.SignInAsync(target, SessionPrincipal.OfKey(key, target), new AuthenticationProperties { IsPersistent = persistent, ExpiresUtc = session.ExpiresAt, AllowRefresh = false });
    }

    /// <summary>Who holds <paramref name="key"/> now; null when the session ended, however it ended.</summary>
    public async Task<ClaimsPrincipal?> FindAsync(string key, string scheme, CancellationToken cancellationToken)
    {
        byte[] digest = SecretDigests.OfKey(key);
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.SignInSessions.AsNoTracking().Where(session => session.KeyDigest == digest)
            .Join(db.Users.AsNoTracking(), session => session.UserId, user => user.Id, (session, user) => new { session, user })
            .SingleOrDefaultAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        if (found is null || SchemeOf(found.session.Stage) != scheme || !SessionRules.IsLive(found.session, found.user, now))
            return null;
        await TouchAsync(db, found.session.Id, found.session.LastSeenAt, now, cancellationToken);
        return SessionPrincipal.Of(found.user, found.session, scheme);
    }

    /// <summary>Whether the session behind an open page still holds; <paramref name="active"/> when its person just did something.</summary>
    public async Task<bool> IsLiveAsync(Guid id, bool active, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.SignInSessions.AsNoTracking().Where(session => session.Id == id)
            .Join(db.Users.AsNoTracking(), session => session.UserId, user => user.Id, (session, user) => new { session, user })
            .SingleOrDefaultAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        if (found is null || found.session.Stage is not SignInStage.Full || !SessionRules.IsLive(found.session, found.user, now))
            return false;
        if (active)
            await TouchAsync(db, id, found.session.LastSeenAt, now, cancellationToken);
        return true;
    }

    /// <summary>The live sessions of a user, the one last used first.</summary>
    public async Task<IReadOnlyList<SignInSession>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId, cancellationToken);
        List<SignInSession> sessions = await db.SignInSessions.AsNoTracking()
            .Where(row => row.UserId == userId && row.Stage == SignInStage.Full && row.ExpiresAt > now)
            .OrderByDescending(row => row.LastSeenAt).Take(100).ToListAsync(cancellationToken);
        return user is null ? [] : [.. sessions.Where(session => SessionRules.IsLive(session, user, now))];
    }

    /// <summary>Ends one session of <paramref name="userId"/>, or with no <paramref name="id"/> all but <paramref name="except"/>.</summary>
    public async Task EndAsync(Guid userId, Guid? id, Guid? except, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await commits.EnterAsync(cancellationToken))
        {
            await db.SignInSessions.Where(row => row.UserId == userId && (id == null || row.Id == id) && (except == null || row.Id != except))
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>Ends the session of this browser under <paramref name="scheme"/>: the row, so that a copy of the cookie is worthless, and the cookie.</summary>
    public async Task EndAsync(HttpContext context, string scheme, CancellationToken cancellationToken)
    {
        AuthenticateResult present = await context.AuthenticateAsync(scheme);
        if (present.Principal is { } principal && SessionPrincipal.SessionOf(principal) is { } id && SessionPrincipal.UserOf(principal) is { } userId)
            await EndAsync(userId, id, null, cancellationToken);
        await context.SignOutAsync(scheme);
    }

    /// <summary>Gives the account a new stamp, by which open pages elsewhere end too, and ends every session but <paramref name="keep"/>;
    /// all of it happens when the caller saves.</summary>
    public static async Task RenewStampAsync(PortalDbContext db, User user, Guid? keep, CancellationToken cancellationToken)
    {
        user.SecurityStamp = Guid.CreateVersion7().ToString();
        foreach (SignInSession session in await db.SignInSessions.Where(row => row.UserId == user.Id).ToListAsync(cancellationToken))
        {
            if (session.Id == keep)
                session.SecurityStamp = user.SecurityStamp;
            else
                db.SignInSessions.Remove(session);
        }
    }

    /// <summary>Notes that the person of this session has just proved to be its owner again.</summary>
    public async Task MarkProvedAsync(Guid id, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await commits.EnterAsync(cancellationToken))
            await db.SignInSessions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ProvedAt, now), cancellationToken);
    }

    public static IPAddress? AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    private static string SchemeOf(SignInStage stage) => stage is SignInStage.Full ? IdentityConstants.ApplicationScheme : AccountSchemes.Pending;

    private static string? BrowserOf(HttpContext context)
    {
        string agent = new([.. context.Request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c)).Take(SignInSessionConfiguration.BrowserLength)]);
        return agent.Length > 0 ? agent : null;
    }

    private async Task TouchAsync(PortalDbContext db, Guid id, DateTimeOffset lastSeen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - lastSeen < TouchInterval)
            return;
        using (await commits.EnterAsync(cancellationToken))
            await db.SignInSessions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), cancellationToken);
    }
}
