using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.MyAccess;
using ProxyPortal.Users;

namespace ProxyPortal.HelpDesk;

/// <summary>What a user sees of their own access, for somebody who helps them.</summary>
public sealed record SeenAccess(MyAccessState State, MyRequests Requests);

/// <summary>For those who help people on the telephone: sees what they see, and finds out whether a caller is who they say. What follows, a link to a new password, is
/// issued as always; nobody here sees or chooses one.</summary>
public sealed class HelpDeskService
{
    public const int CodeLength = 8;
    public const int MostTries = 3;

    /// <summary>In an hour, to one person.</summary>
    public const int MostCodes = 5;

    private const int Attempts = 3;
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AccessControl _access;
    private readonly MyAccessService _myAccess;
    private readonly GroupRequestService _requests;
    private readonly CallerCodeMail _mail;
    private readonly SecretKeys _keys;
    private readonly AuditTrail _audit;
    private readonly TimeProvider _time;

    internal HelpDeskService(
        IDbContextFactory<PortalDbContext> contexts, AccessControl access, MyAccessService myAccess, GroupRequestService requests, CallerCodeMail mail, SecretKeys keys, AuditTrail audit, TimeProvider time) =>
        (_contexts, _access, _myAccess, _requests, _mail, _keys, _audit, _time) = (contexts, access, myAccess, requests, mail, keys, audit, time);

    public static TimeSpan CodeLifetime { get; } = TimeSpan.FromMinutes(10);

    public static Error NoMail { get; } = new("no_mail", "There is no mail address to send a code to. Verify the caller in another way.");

    public static Error TooManyCodes { get; } = new("too_many", "Too many codes were sent to this person within an hour. Try again later, or verify the caller in another way.");

    /// <summary>The same whether it was wrong, used, too old or tried too often.</summary>
    public static Error CodeInvalid { get; } = new("code_invalid", "That is not the code, or it does not work any more. Send a new one if there were three tries.", "code");

    /// <summary>What the user sees of their access, and nothing to change in it. Written to the audit trail.</summary>
    public async Task<Result<SeenAccess>> ViewAsAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        Result<User> found = await FindAsync(db, actor, userId, cancellationToken);
        if (found.Error is { } error)
            return error;
        if (await _myAccess.DescribeAsync(db, userId, cancellationToken) is not { } state)
            return UserService.NotFound;
        MyRequests requests = await _requests.DescribeAsync(db, userId, cancellationToken);
        _audit.Add(db, actor, AuditAction.ViewedAs, UserAudit.Target(found.Value));
        await db.SaveChangesAsync(cancellationToken);
        return new SeenAccess(state, requests);
    }

    /// <summary>Mails a code to the stored address, which is told in part. Earlier codes stop working. Errors: <c>no_mail</c>, <c>too_many</c>.</summary>
    public async Task<Result<string>> SendCodeAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        Result<User> found = await FindAsync(db, actor, userId, cancellationToken);
        if (found.Error is { } error)
            return error;
        // A program has no caller.
        if (actor.Id is not { } desk)
            return AccessControl.Forbidden;
        if (found.Value.Email is not { } address)
            return NoMail;
        DateTimeOffset now = _time.GetUtcNow();
        List<CallerCode> earlier = await db.CallerCodes.Where(row => row.UserId == userId).ToListAsync(cancellationToken);
        if (earlier.Count(row => row.CreatedAt > now.AddHours(-1)) >= MostCodes)
            return TooManyCodes;
        foreach (CallerCode row in earlier.Where(row => row.UsedAt is null))
            row.UsedAt = now;
        db.CallerCodes.RemoveRange(earlier.Where(row => row.CreatedAt < now.AddDays(-1)));
        string text = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        var id = Guid.CreateVersion7();
        var code = new CallerCode { Id = id, UserId = userId, IssuedBy = desk, Digest = DigestOf(id, text), CreatedAt = now, ExpiresAt = now + CodeLifetime };
        db.CallerCodes.Add(code);
        _mail.Add(db, found.Value, text, code.ExpiresAt);
        _audit.Add(db, actor, AuditAction.CallerCodeSent, UserAudit.Target(found.Value));
        await db.SaveChangesAsync(cancellationToken);
        return Partly(address);
    }

    /// <summary>Whether the caller read out the code that was sent by this actor. Three tries, one use. Errors: <c>code_invalid</c>.</summary>
    public async Task<Result> CheckCodeAsync(Actor actor, Guid userId, string typed, CancellationToken cancellationToken)
    {
        string text = new([.. typed.Where(char.IsAsciiDigit).Take(CodeLength + 1)]);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
            Result<User> found = await FindAsync(db, actor, userId, cancellationToken);
            if (found.Error is { } error)
                return error;
            DateTimeOffset now = _time.GetUtcNow();
            CallerCode? code = await db.CallerCodes.Where(row => row.UserId == userId && row.IssuedBy == actor.Id && row.UsedAt == null && row.ExpiresAt > now && row.Tries < MostTries)
                .OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(cancellationToken);
            if (code is null)
                return CodeInvalid;
            code.Tries++;
            bool isRight = CryptographicOperations.FixedTimeEquals(code.Digest, DigestOf(code.Id, text));
            code.UsedAt = isRight ? now : null;
            if (isRight || code.Tries == MostTries)
                _audit.Add(db, actor, isRight ? AuditAction.CallerVerified : AuditAction.CallerNotVerified, UserAudit.Target(found.Value));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return isRight ? Result.Success : CodeInvalid;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another try at the same moment was counted first: this one is one more.
            }
        }
        return CodeInvalid;
    }

    // Eight digits are guessed in a moment by whoever has a plain digest: the key lies beside the database, never in it.
    private byte[] DigestOf(Guid id, string text) => HMACSHA256.HashData(_keys.CallerCodeKey, Encoding.UTF8.GetBytes($"{id:N}/{text}"));

    // al…@example.test: enough to say where to look.
    private static string Partly(string address) => $"{address[..Math.Min(2, address.IndexOf('@', StringComparison.Ordinal))]}…{address[address.LastIndexOf('@')..]}";

    private async Task<Result<User>> FindAsync(PortalDbContext db, Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.HelpUsers, $"help desk {userId}", cancellationToken) is { } refused)
            return refused;
        RoleScope scope = await _access.ScopeOfAsync(actor, cancellationToken);
        if (await scope.Of(db.Users).SingleOrDefaultAsync(user => user.Id == userId && user.DeletedAt == null, cancellationToken) is not { } found)
            return UserService.NotFound;
        return found.Role is not PortalRole.None && await _access.RequireAsync(actor, Permission.EditRoles, $"help desk {userId}", cancellationToken) is { } forbidden ? forbidden : found;
    }
}
