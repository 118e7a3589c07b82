using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Passkeys;

/// <summary>The passkey that an account begins with.</summary>
/// <param name="UserId">What the device knows the account by.</param>
/// <param name="Passkey">Verified by finger, face or PIN.</param>
internal sealed record FirstPasskey(Guid UserId, UserPasskeyInfo Passkey)
{
    /// <summary>The row that keeps it.</summary>
    public IdentityUserPasskey<Guid> ToRow() => new()
    {
        UserId = UserId,
        CredentialId = Passkey.CredentialId,
        Data = new IdentityPasskeyData
        {
            PublicKey = Passkey.PublicKey,
            Name = Passkey.Name,
            CreatedAt = Passkey.CreatedAt,
            SignCount = Passkey.SignCount,
            Transports = Passkey.Transports,
            IsUserVerified = Passkey.IsUserVerified,
            IsBackupEligible = Passkey.IsBackupEligible,
            IsBackedUp = Passkey.IsBackedUp,
            AttestationObject = Passkey.AttestationObject,
            ClientDataJson = Passkey.ClientDataJson,
        },
    };
}

/// <summary>Passkeys: they count as both factors, because the device asks for a finger, a face or a PIN before it answers. Signing in
/// never names an account beforehand, so the options are the same for everyone.</summary>
internal sealed class PasskeyService(
    UserManager<User> users, PortalDbContext db, SettingsService settings, AccountCookies cookies, IDataProtectionProvider protection,
    SignInThrottle throttle, SignInAudit failures, AuditTrail audit, TimeProvider time, ILogger<PasskeyService> log)
{
    public const int MostPerUser = 10;
    public const int NameLength = 200;
    public const string DefaultName = "Passkey";
    private const string StateCookie = "pp-passkey";
    private static readonly TimeSpan StateLifetime = TimeSpan.FromMinutes(5);
    private static readonly Error Refused = new("passkey_refused", "The passkey was not accepted. Try again, or use your password.");
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("passkey ceremony").ToTimeLimitedDataProtector();

    public async Task<string> SignInOptionsAsync(HttpContext context)
    {
        PasskeyRequestOptionsResult options = await Handler(context).MakeRequestOptionsAsync(null, context);
        Keep(context, "assert", options.AssertionState);
        return options.RequestOptionsJson;
    }

    public async Task<string> CreationOptionsAsync(HttpContext context, User user)
    {
        PasskeyCreationOptionsResult options = await Handler(context).MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.UserName!, DisplayName = user.DisplayName }, context);
        Keep(context, $"attest {user.Id}", options.AttestationState);
        return options.CreationOptionsJson;
    }

    /// <summary>The options for an account that does not exist yet and is to begin with a passkey. Errors: those of the user-id.</summary>
    public async Task<Result<string>> FirstOptionsAsync(HttpContext context, string typedUserId, string displayName)
    {
        Result<string> userId = UserId.Create(typedUserId);
        if (userId.Error is { } error)
            return error;
        string name = displayName.Trim() is { Length: > 0 and <= NameLength } given ? given : userId.Value;
        PasskeyCreationOptionsResult options = await Handler(context).MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = Guid.CreateVersion7().ToString(), Name = userId.Value, DisplayName = name }, context);
        Keep(context, $"first {userId.Value}", options.AttestationState);
        return options.CreationOptionsJson;
    }

    /// <summary>The passkey made for an account that does not exist yet, and the id that the account must get. Errors: <c>passkey_refused</c>.</summary>
    public async Task<Result<FirstPasskey>> AttestFirstAsync(HttpContext context, string typedUserId, string credentialJson)
    {
        Result<string> userId = UserId.Create(typedUserId);
        if (userId.Error is { } error)
            return error;
        PasskeyAttestationResult? result = await AttemptAsync(() =>
            Handler(context).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credentialJson, AttestationState = Take(context, $"first {userId.Value}") }));
        if (result is not { Succeeded: true } || !result.Passkey.IsUserVerified || !Guid.TryParse(result.UserEntity.Id, out Guid id))
            return Refused;
        result.Passkey.Name = DefaultName;
        return new FirstPasskey(id, result.Passkey);
    }

    /// <summary>Whose passkey this is. Errors: <c>passkey_refused</c>, <c>throttled</c>, or why the account may not sign in.</summary>
    public async Task<Result<User>> VerifyAsync(HttpContext context, string credentialJson, CancellationToken cancellationToken)
    {
        Actor actor = Actor.Nobody with { Address = SignInSessions.AddressOf(context) };
        if (throttle.Begin("passkey", actor.Address) is { } wait)
            return new Error("throttled", SignInOutcome.Throttled(wait).Message!);
        PasskeyAssertionResult<User>? result = await AttemptAsync(() =>
            Handler(context).PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credentialJson, AssertionState = Take(context, "assert") }));
        if (result is not { Succeeded: true })
        {
            await failures.FailedAsync(actor, new AuditTarget("user", null, "(unknown)"), "", "passkey", "mismatch", cancellationToken);
            return Refused;
        }
        throttle.Forgive("passkey", actor.Address, succeeded: true);
        if (SessionRules.RefusalOf(result.User, time.GetUtcNow()) is { } refusal)
            return new Error("state", refusal);
        // The signature counter, by which a copied key would be noticed.
        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User;
    }

    /// <summary>Adds a passkey and ends the account's other sessions. Errors: <c>passkey_refused</c>, <c>passkey_limit</c>, <c>name_invalid</c>.</summary>
    public async Task<Result> AddAsync(HttpContext context, Guid userId, string credentialJson, string name, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length > NameLength || name.Any(char.IsControl))
            return Error.Of("name_invalid", $"A name has at most {NameLength} characters.", "passkeyName");
        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
            return Refused;
        if ((await users.GetPasskeysAsync(user)).Count >= MostPerUser)
            return Error.Of("passkey_limit", $"An account has at most {MostPerUser} passkeys. Remove one first.");
        PasskeyAttestationResult? result = await AttemptAsync(() =>
            Handler(context).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credentialJson, AttestationState = Take(context, $"attest {userId}") }));
        if (result is not { Succeeded: true } || result.UserEntity.Id != userId.ToString())
            return Refused;
        result.Passkey.Name = name.Length > 0 ? name : DefaultName;
        audit.Add(db, ActorOf(context, user), AuditAction.PasskeyAdded, new AuditTarget("user", user.Id, user.UserName!), after: new { result.Passkey.Name });
        return await SaveAsync(context, user, () => users.AddOrUpdatePasskeyAsync(user, result.Passkey), cancellationToken);
    }

    public async Task<IReadOnlyList<UserPasskeyInfo>> ListAsync(Guid userId) =>
        await users.FindByIdAsync(userId.ToString()) is { } user ? [.. await users.GetPasskeysAsync(user)] : [];

    /// <summary>Removes a passkey and ends the account's other sessions, unless it is the only way in or the only second factor of an
    /// account that must have one. Errors: <c>last_factor</c>.</summary>
    public async Task<Result> RemoveAsync(HttpContext context, Guid userId, string credentialId, CancellationToken cancellationToken)
    {
        byte[] id = new byte[credentialId.Length];
        if (await users.FindByIdAsync(userId.ToString()) is not { } user
            || System.Buffers.Text.Base64Url.DecodeFromChars(credentialId, id, out _, out int length) is not System.Buffers.OperationStatus.Done)
            return Refused;
        IList<UserPasskeyInfo> present = await users.GetPasskeysAsync(user);
        if (present.Count == 1 && user.PasswordHash is null)
            return new Error("last_factor", "This passkey is your only way in. Choose a password or add another passkey first.");
        if (present.Count == 1 && !user.TwoFactorEnabled && user.NeedsSecondFactor)
            return new Error("last_factor", "This passkey is your only second factor. Set up an authenticator app or another passkey first.");
        if (!present.Any(passkey => passkey.CredentialId.AsSpan().SequenceEqual(id.AsSpan(0, length))))
            return Result.Success;
        audit.Add(db, ActorOf(context, user), AuditAction.PasskeyRemoved, new AuditTarget("user", user.Id, user.UserName!));
        return await SaveAsync(context, user, () => users.RemovePasskeyAsync(user, id[..length]), cancellationToken);
    }

    // Identity saves through the same context, so that passkey, stamp, sessions and audit entry come about together.
    private async Task<Result> SaveAsync(HttpContext context, User user, Func<Task<IdentityResult>> change, CancellationToken cancellationToken)
    {
        await SignInSessions.RenewStampAsync(db, user, SessionPrincipal.SessionOf(context.User), cancellationToken);
        try
        {
            return (await change()).Succeeded ? Result.Success : UserService.Conflict;
        }
        catch (DbUpdateException)
        {
            return UserService.Conflict;
        }
    }

    private static Actor ActorOf(HttpContext context, User user) => new(user.Id, user.UserName!, user.Role, SignInSessions.AddressOf(context));

    // Made for each use: the public URL can be set while the portal runs.
    private PasskeyHandler<User> Handler(HttpContext context) => new(users, Options.Create(new IdentityPasskeyOptions
    {
        ServerDomain = IsNamed || System.Net.IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out _) ? new Uri(settings.Current.PublicUrl).Host : context.Request.Host.Host,
        UserVerificationRequirement = "required",
        ResidentKeyRequirement = "required",
        ValidateOrigin = origin => ValueTask.FromResult(!origin.CrossOrigin && IsOwn(origin.Origin, origin.HttpContext)),
    }));

    // In the first steps of the set-up nobody has said yet what the portal is called: it is called what the browser opened, unless that is a bare
    // address, for which there are no passkeys.
    private bool IsNamed => settings.Current.IsSetUp || settings.IsPublicUrlFixed || settings.Current.PublicUrl != SettingsService.DefaultPublicUrl;

    private bool IsOwn(string origin, HttpContext context) =>
        origin.Equals(settings.Current.PublicUrl, StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? url) && (url.IsLoopback || !IsNamed) && origin.Equals($"{context.Request.Scheme}://{context.Request.Host}", StringComparison.OrdinalIgnoreCase));

    private async Task<T?> AttemptAsync<T>(Func<Task<T>> ceremony) where T : class
    {
        try
        {
            return await ceremony();
        }
        catch (Exception exception) when (exception is PasskeyException or JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            AccountLog.PasskeyRefused(log, exception);
            return null;
        }
    }

    private void Keep(HttpContext context, string purpose, string? state) =>
        cookies.Append(context, StateCookie, _protector.Protect($"{purpose}\n{state}", StateLifetime), StateLifetime);

    // One ceremony, one answer: the cookie goes as soon as it is read.
    private string? Take(HttpContext context, string purpose)
    {
        string? box = cookies.Read(context, StateCookie);
        cookies.Delete(context, StateCookie);
        try
        {
            string? text = box is null ? null : _protector.Unprotect(box);
            return text?.StartsWith(purpose + "\n", StringComparison.Ordinal) is true ? text[(purpose.Length + 1)..] : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
