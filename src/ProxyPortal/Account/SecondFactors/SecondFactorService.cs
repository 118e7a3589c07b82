using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Account.SecondFactors;

/// <summary>Codes from an authenticator app, and the recovery codes behind them.</summary>
internal sealed class SecondFactorService(
    IDbContextFactory<PortalDbContext> contexts, SealedText seal, SignInThrottle throttle, SignInAudit failures, CommitCoordinator commits, AuditTrail audit, TimeProvider time)
{
    private const string Provider = "[Totp]";
    private const string Enrolled = "key";
    private const string Offered = "offered";
    private static readonly Error WrongCode = new("code_wrong", "This code is not right, or was used before. Wait for the next one.", "code");

    /// <summary>Accepts a code, once: of any number of simultaneous sign-ins with the same code exactly one succeeds.</summary>
    public async Task<SignInOutcome> VerifyAsync(Actor actor, User user, string code, CancellationToken cancellationToken)
    {
        if (Begin(user, actor.Address) is { } wait)
            return SignInOutcome.Throttled(wait);
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        string? key = await ReadKeyAsync(db, user.Id, Enrolled, cancellationToken);
        if (key is not null && Totp.FindStep(key, code, time.GetUtcNow()) is { } step && await UseStepAsync(db, user.Id, step, cancellationToken))
            return Succeeded(user, actor.Address);
        await failures.FailedAsync(actor, TargetOf(user), user.NormalizedUserName!, "code", "mismatch", cancellationToken);
        return new SignInOutcome(SignInAnswer.Refused, WrongCode.Message);
    }

    /// <summary>Signs in an account without a password, whose passkey is lost, by its user-id and a recovery code: 78 bits, once. Where
    /// there is a password, that comes first. Unknown names and wrong codes get the same answer.</summary>
    /// <returns>Whose code it was, when it was accepted.</returns>
    public async Task<(User? User, SignInOutcome Outcome)> RecoverAsync(Actor actor, string typedUserId, string code, CancellationToken cancellationToken)
    {
        string? name = LoginName.Fold(typedUserId, out _);
        if (throttle.Begin($"recovery:{name}", actor.Address) is { } wait)
            return (null, SignInOutcome.Throttled(wait));
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedUserName == name && row.PasswordHash == null, cancellationToken);
        bool used;
        using (await commits.EnterAsync(cancellationToken))
            used = await RecoveryCodes.UseAsync(db, user?.Id ?? Guid.Empty, code, cancellationToken);
        if (user is null || !used)
        {
            await failures.FailedAsync(actor, new AuditTarget("user", user?.Id, user?.UserName ?? "(unknown)"), name ?? "", "recovery", user is null ? "unknown" : "mismatch", cancellationToken);
            return (null, new SignInOutcome(SignInAnswer.Refused, "The user-id or the recovery code is not right, or the account has a password: then sign in with that first."));
        }
        throttle.Forgive($"recovery:{name}", actor.Address, succeeded: true);
        if (SessionRules.RefusalOf(user, time.GetUtcNow()) is { } refusal)
            return (null, new SignInOutcome(SignInAnswer.Refused, refusal));
        await audit.WriteAsync(actor with { Id = user.Id, Name = user.UserName! }, AuditAction.RecoveryCodeUsed, TargetOf(user), new { Left = await RecoveryCodes.CountAsync(db, user.Id, cancellationToken) }, cancellationToken);
        return (user, new SignInOutcome(SignInAnswer.SignedIn));
    }

    /// <summary>Accepts a recovery code and uses it up.</summary>
    public async Task<SignInOutcome> UseRecoveryCodeAsync(Actor actor, User user, string code, CancellationToken cancellationToken)
    {
        // A door of its own: guessing at six digits must not bar the way that is there for emergencies.
        if (throttle.Begin($"recovery:{user.Id}", actor.Address) is { } wait)
            return SignInOutcome.Throttled(wait);
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        bool used;
        using (await commits.EnterAsync(cancellationToken))
            used = await RecoveryCodes.UseAsync(db, user.Id, code, cancellationToken);
        if (!used)
        {
            await failures.FailedAsync(actor, TargetOf(user), user.NormalizedUserName!, "recovery", "mismatch", cancellationToken);
            return new SignInOutcome(SignInAnswer.Refused, "This is none of your unused recovery codes.");
        }
        throttle.Forgive($"recovery:{user.Id}", actor.Address, succeeded: true);
        await audit.WriteAsync(actor, AuditAction.RecoveryCodeUsed, TargetOf(user), new { Left = await RecoveryCodes.CountAsync(db, user.Id, cancellationToken) }, cancellationToken);
        return new SignInOutcome(SignInAnswer.SignedIn);
    }

    /// <summary>The key to enrol: the same until it is confirmed, so that reloading the page does not change the picture on it.</summary>
    public async Task<string> OfferKeyAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ReadKeyAsync(db, userId, Offered, cancellationToken) is { } offered)
            return offered;
        string key = Totp.CreateKey();
        await WriteKeyAsync(db, userId, Offered, key, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return key;
    }

    /// <summary>Enrols the offered key if <paramref name="code"/> comes from it. Ends every session of the account: those were opened
    /// without it. Errors: <c>code_wrong</c>, <c>throttled</c>.</summary>
    /// <returns>The recovery codes, to be shown once.</returns>
    public async Task<Result<IReadOnlyList<string>>> EnrolAsync(Actor actor, Guid userId, string code, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User user = await db.Users.SingleAsync(row => row.Id == userId, cancellationToken);
        if (Begin(user, actor.Address) is { } wait)
            return new Error("throttled", SignInOutcome.Throttled(wait).Message!, "code");
        string? key = await ReadKeyAsync(db, userId, Offered, cancellationToken);
        if (key is null || Totp.FindStep(key, code, time.GetUtcNow()) is not { } step || !await UseStepAsync(db, userId, step, cancellationToken))
            return WrongCode;
        Succeeded(user, actor.Address);
        await WriteKeyAsync(db, userId, Enrolled, key, cancellationToken);
        await WriteKeyAsync(db, userId, Offered, null, cancellationToken);
        IReadOnlyList<string> codes = await RecoveryCodes.ReplaceAsync(db, userId, cancellationToken);
        user.TwoFactorEnabled = true;
        await SignInSessions.RenewStampAsync(db, user, null, cancellationToken);
        audit.Add(db, actor, AuditAction.SecondFactorEnrolled, TargetOf(user), after: new { Method = "code" });
        await db.SaveChangesAsync(cancellationToken);
        return Result(codes);
    }

    /// <summary>New recovery codes; the old ones stop working, and every session but <paramref name="keep"/> ends.</summary>
    public async Task<IReadOnlyList<string>> ReissueCodesAsync(Actor actor, Guid userId, Guid? keep, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User user = await db.Users.SingleAsync(row => row.Id == userId, cancellationToken);
        await SignInSessions.RenewStampAsync(db, user, keep, cancellationToken);
        IReadOnlyList<string> codes = await RecoveryCodes.ReplaceAsync(db, userId, cancellationToken);
        audit.Add(db, actor, AuditAction.RecoveryCodesIssued, TargetOf(user));
        await db.SaveChangesAsync(cancellationToken);
        return codes;
    }

    public async Task<int> CountCodesAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RecoveryCodes.CountAsync(db, userId, cancellationToken);
    }

    private static Result<IReadOnlyList<string>> Result(IReadOnlyList<string> codes) => codes.ToArray();

    private static AuditTarget TargetOf(User user) => new("user", user.Id, user.UserName!);

    // Six digits are few: besides each source, all sources together are slowed. Recovery codes and passkeys remain as ways in.
    private TimeSpan? Begin(User user, IPAddress? address) =>
        throttle.Begin($"code:{user.Id}", address) ?? throttle.BeginEverywhere($"code:{user.Id}");

    private SignInOutcome Succeeded(User user, IPAddress? address)
    {
        throttle.Forgive($"code:{user.Id}", address, succeeded: true);
        return new SignInOutcome(SignInAnswer.SignedIn);
    }

    private async Task<bool> UseStepAsync(PortalDbContext db, Guid userId, long step, CancellationToken cancellationToken)
    {
        using (await commits.EnterAsync(cancellationToken))
        {
            return await db.Users.Where(row => row.Id == userId && row.LastTotpStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastTotpStep, step), cancellationToken) == 1;
        }
    }

    private async Task<string?> ReadKeyAsync(PortalDbContext db, Guid userId, string name, CancellationToken cancellationToken)
    {
        string? value = await db.UserTokens.AsNoTracking().Where(token => token.UserId == userId && token.LoginProvider == Provider && token.Name == name)
            .Select(token => token.Value).SingleOrDefaultAsync(cancellationToken);
        try
        {
            return value is null ? null : seal.Open(value, PortalUserStore.ContextOf(userId, name));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            // Moved from another account or changed by hand: as if it were not there.
            return null;
        }
    }

    private async Task WriteKeyAsync(PortalDbContext db, Guid userId, string name, string? key, CancellationToken cancellationToken)
    {
        IdentityUserToken<Guid>? row = await db.UserTokens.SingleOrDefaultAsync(token => token.UserId == userId && token.LoginProvider == Provider && token.Name == name, cancellationToken);
        if (key is null)
        {
            if (row is not null)
                db.UserTokens.Remove(row);
            return;
        }
        if (row is null)
            db.UserTokens.Add(row = new IdentityUserToken<Guid> { UserId = userId, LoginProvider = Provider, Name = name });
        row.Value = seal.Seal(key, PortalUserStore.ContextOf(userId, name));
    }
}
