using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Audit;
using ProxyPortal.Core.Http;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Account.SignIn;

/// <summary>What a sign-in came to.</summary>
internal enum SignInAnswer
{
    SignedIn = 0,

    /// <summary>A code or a passkey is owed.</summary>
    NeedsSecondFactor = 1,

    /// <summary>The account must have a second factor and has none yet.</summary>
    NeedsEnrolment = 2,
    Refused = 3,
    Throttled = 4,
    Overloaded = 5,
}

/// <param name="Answer">What it came to.</param>
/// <param name="Message">For people; the same for everyone who did not prove the password.</param>
/// <param name="Wait">How long to wait, when throttled or overloaded.</param>
internal sealed record SignInOutcome(SignInAnswer Answer, string? Message = null, TimeSpan Wait = default)
{
    public static SignInOutcome Refused { get; } = new(SignInAnswer.Refused, "The user-id or the password is not right.");

    public static SignInOutcome Overloaded { get; } = new(SignInAnswer.Overloaded, "Too many people are signing in at this moment. Try again in a few seconds.", TimeSpan.FromSeconds(5));

    public static SignInOutcome Throttled(TimeSpan wait) =>
        new(SignInAnswer.Throttled, "Too many attempts from here. Wait a little before you try again.", wait);
}

/// <summary>Signs people in by password. Unknown names, wrong passwords and accounts that may not sign in get the same answer for the
/// same work, until the password was proved.</summary>
internal sealed class SignInService(
    IDbContextFactory<PortalDbContext> contexts, PasswordWork work, SignInThrottle throttle, SignInAudit failures, SignInSessions sessions,
    AuditTrail audit, TimeProvider time, ILogger<SignInService> log)
{
    private const string UnknownName = "(unknown)";

    public async Task<SignInOutcome> SignInAsync(HttpContext context, string typedUserId, string password, bool keep, CancellationToken cancellationToken)
    {
        string? userId = LoginName.Fold(typedUserId, out _);
        string door = DoorOf(userId ?? "");
        var address = SignInSessions.AddressOf(context);
        if (throttle.Begin(door, address) is { } wait)
            return SignInOutcome.Throttled(wait);
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = userId is null ? null : await db.Users.SingleOrDefaultAsync(row => row.NormalizedUserName == userId, cancellationToken);
        SecretMatch? match = await work.CompareAsync(userId ?? "", user?.PasswordHash, password, cancellationToken);
        if (match is null)
        {
            throttle.Forgive(door, address, succeeded: false);
            return SignInOutcome.Overloaded;
        }
        Actor actor = Actor.Nobody with { Address = address };
        if (user is null || match is SecretMatch.Mismatch or SecretMatch.Malformed)
        {
            if (user is not null && match is SecretMatch.Malformed)
                AccountLog.MalformedHash(log, user.Id);
            // What was typed is not kept for unknown names: people type passwords into the wrong field.
            await failures.FailedAsync(actor, new AuditTarget("user", user?.Id, user?.UserName ?? UnknownName), userId ?? "", "password", user is null ? "unknown" : "mismatch", cancellationToken);
            return SignInOutcome.Refused;
        }
        int failedBefore = throttle.Forgive(door, address, succeeded: true);
        if (SessionRules.RefusalOf(user, time.GetUtcNow()) is { } refusal)
        {
            await failures.FailedAsync(actor, TargetOf(user), userId!, "password", "state", cancellationToken);
            return new SignInOutcome(SignInAnswer.Refused, refusal);
        }
        if (match is SecretMatch.MatchRehashNeeded)
            await RehashAsync(db, user, password, cancellationToken);
        return await AfterPasswordAsync(context, db, user, keep, failedBefore, cancellationToken);
    }

    /// <summary>Whether <paramref name="password"/> is the present one of a signed-in person; counted like a sign-in.</summary>
    public async Task<SignInOutcome> ProveAsync(HttpContext context, Guid userId, string password, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId, cancellationToken);
        string door = DoorOf(user?.NormalizedUserName ?? "");
        var address = SignInSessions.AddressOf(context);
        if (throttle.Begin(door, address) is { } wait)
            return SignInOutcome.Throttled(wait);
        SecretMatch? match = await work.CompareAsync(user?.NormalizedUserName ?? "", user?.PasswordHash, password, cancellationToken);
        if (match is SecretMatch.Match or SecretMatch.MatchRehashNeeded)
        {
            throttle.Forgive(door, address, succeeded: true);
            return new SignInOutcome(SignInAnswer.SignedIn);
        }
        if (match is null)
        {
            throttle.Forgive(door, address, succeeded: false);
            return SignInOutcome.Overloaded;
        }
        await failures.FailedAsync(Actor.Nobody with { Address = address }, new AuditTarget("user", user?.Id, user?.UserName ?? UnknownName), user?.NormalizedUserName ?? "", "password", "mismatch", cancellationToken);
        return new SignInOutcome(SignInAnswer.Refused, "This is not your present password.");
    }

    /// <summary>Goes on after a first factor that is proved: signs in, or asks for what is still owed.</summary>
    public async Task<SignInOutcome> AfterPasswordAsync(HttpContext context, PortalDbContext db, User user, bool keep, int failedBefore, CancellationToken cancellationToken)
    {
        SignInAnswer next = await NextAsync(db, user, cancellationToken);
        await sessions.StartAsync(context, user, next is SignInAnswer.SignedIn ? SignInStage.Full : SignInStage.Pending, secondFactor: false, keep, cancellationToken);
        if (next is SignInAnswer.SignedIn)
            await NoteSignedInAsync(context, user, "password", failedBefore, cancellationToken);
        return new SignInOutcome(next);
    }

    /// <summary>Signs in for good, after a second factor or a passkey.</summary>
    public async Task CompleteAsync(HttpContext context, User user, string method, CancellationToken cancellationToken)
    {
        await sessions.StartAsync(context, user, SignInStage.Full, secondFactor: true, keep: false, cancellationToken);
        await NoteSignedInAsync(context, user, method, 0, cancellationToken);
    }

    /// <summary>What is owed after the password. Who has a factor must prove that one: enrolling another instead would let a stolen password in.</summary>
    public static async Task<SignInAnswer> NextAsync(PortalDbContext db, User user, CancellationToken cancellationToken) =>
        user.TwoFactorEnabled || await db.Set<Microsoft.AspNetCore.Identity.IdentityUserPasskey<Guid>>().AnyAsync(passkey => passkey.UserId == user.Id, cancellationToken)
            ? SignInAnswer.NeedsSecondFactor
            : user.NeedsSecondFactor ? SignInAnswer.NeedsEnrolment : SignInAnswer.SignedIn;

    private static string DoorOf(string userId) => $"password:{userId}";

    private static AuditTarget TargetOf(User user) => new("user", user.Id, user.UserName!);

    private Task NoteSignedInAsync(HttpContext context, User user, string method, int failedBefore, CancellationToken cancellationToken) =>
        audit.WriteAsync(new Actor(user.Id, user.UserName!, user.Role, SignInSessions.AddressOf(context)), AuditAction.SignedIn, TargetOf(user), new { method, failedBefore }, cancellationToken);

    private async Task RehashAsync(PortalDbContext db, User user, string password, CancellationToken cancellationToken)
    {
        if (await work.HashAsync(password, cancellationToken) is not { } hash)
            return;
        user.PasswordHash = hash;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException or DatabaseBusyException)
        {
            // The old hash still serves; the next sign-in tries again.
            AccountLog.RehashSkipped(log, exception, user.Id);
        }
    }
}
