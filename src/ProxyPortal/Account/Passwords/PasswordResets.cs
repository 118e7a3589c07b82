using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Account.Passwords;

/// <summary>Takes requests for a reset. Known or not, suspended or without an address: the same row, the same answer, the same time.</summary>
internal sealed class PasswordResets(IDbContextFactory<PortalDbContext> contexts, PasswordResetDesk desk, TimeProvider time)
{
    /// <summary>In an hour, from one source.</summary>
    public const int MostOfSource = 10;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Errors: <c>login_invalid</c>, for what cannot be anybody's user-id or address. Beyond <see cref="MostOfSource"/> nothing happens, and that is not told.</summary>
    public async Task<Result> AskAsync(Actor visitor, string typed, CancellationToken cancellationToken)
    {
        typed = typed.Trim();
        if (typed.Length is 0 or > PasswordResetRequestConfiguration.TypedLength || !Users.UserInputRules.IsText(typed))
            return new Error("login_invalid", "Enter your user-id or your mail address.", "login");
        DateTimeOffset now = time.GetUtcNow();
        string source = SignInThrottle.SourceOf(visitor.Address);
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset since = now - Window;
        if (await db.PasswordResetRequests.CountAsync(request => request.Source == source && request.AskedAt > since, cancellationToken) >= MostOfSource)
            return Result.Success;
        db.PasswordResetRequests.Add(new PasswordResetRequest { Typed = typed, Source = source, Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, AskedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        desk.Wake();
        return Result.Success;
    }
}
