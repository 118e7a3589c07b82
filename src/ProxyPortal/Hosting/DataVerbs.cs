using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Audit;
using ProxyPortal.Bootstrap;
using ProxyPortal.Core.Http;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Hosting;

/// <summary>The verbs that work on the data without serving. None but <c>restore</c>, and a migration, needs the portal to be stopped.</summary>
internal static class DataVerbs
{
    public static async Task<int> ApplyAsync(string[] configuration, string file, CancellationToken cancellationToken)
    {
        await using WebApplication app = await OpenAsync(configuration, cancellationToken);
        BootstrapSummary summary = await app.Services.GetRequiredService<BootstrapService>().ApplyFileAsync(file, cancellationToken);
        await Console.Out.WriteLineAsync($"{file}: {summary.Created} created, {summary.Changed} changed.");
        return CommandLine.Done;
    }

    public static async Task<int> ResetAsync(string[] configuration, string userId, CancellationToken cancellationToken)
    {
        await using WebApplication app = await OpenAsync(configuration, cancellationToken);
        (User user, IssuedLink link) = await ResetAsync(app, userId, cancellationToken);
        await Console.Error.WriteLineAsync($"{user.UserName} has no password, authenticator app, recovery codes or passkeys any more and is signed out everywhere. "
            + $"This link lets them choose a password and set up a second factor, once, until {link.ExpiresAt:yyyy-MM-dd HH:mm:ss} UTC:");
        await Console.Out.WriteLineAsync(link.Url);
        return CommandLine.Done;
    }

    /// <summary>Takes every proof away from the account, ends its sessions and issues a link, in one act.</summary>
    internal static async Task<(User User, IssuedLink Link)> ResetAsync(WebApplication app, string userId, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await CreateContextAsync(app, cancellationToken);
        string? name = LoginName.Fold(userId, out _);
        User? user = await db.Users.SingleOrDefaultAsync(row => row.NormalizedUserName == name && row.DeletedAt == null, cancellationToken);
        if (user is null)
            throw new StartRefusedException($"There is no user {userId}.");
        if (user.Role is PortalRole.None)
            throw new StartRefusedException($"{userId} has no role in the portal. Issue a password link in the portal instead.");
        if (user.SuspendedAt is not null)
            throw new StartRefusedException($"{userId} is suspended. Let another administrator resume the account.");
        await RecoveryCodes.RemoveEveryFactorAsync(db, user.Id, cancellationToken);
        await SignInSessions.RenewStampAsync(db, user, null, cancellationToken);
        (user.PasswordHash, user.PasswordSetAt, user.TwoFactorEnabled, user.LastTotpStep) = (null, null, false, 0);
        // Before the link, which is bound to it: every older link is void now.
        user.PasswordVersion++;
        db.OneTimeLinks.RemoveRange(await db.OneTimeLinks.Where(row => row.UserId == user.Id && row.UsedAt == null).ToListAsync(cancellationToken));
        IssuedLink link = app.Services.GetRequiredService<OneTimeLinks>().Add(db, LinkPurpose.SignIn, user);
        app.Services.GetRequiredService<AuditTrail>().Add(db, Actor.Portal, AuditAction.SignInLinkIssued, new AuditTarget("user", user.Id, user.UserName!),
            after: new { Removed = "password, authenticator app, recovery codes, passkeys" });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new StartRefusedException($"{userId} was changed at this very moment. Try again.");
        }
        return (user, link);
    }

    public static async Task<int> MigrateAsync(string[] configuration, CancellationToken cancellationToken)
    {
        await using WebApplication app = PortalApp.Create(configuration, quiet: true);
        DatabaseMigrator migrator = app.Services.GetRequiredService<DatabaseMigrator>();
        int pending = await migrator.CountPendingAsync(cancellationToken);
        if (pending > 0)
        {
            app.Services.GetRequiredService<DataLock>().Take();
            await migrator.MigrateAsync(cancellationToken);
        }
        await Console.Out.WriteLineAsync(pending > 0 ? $"Applied {pending} migrations." : "The database is up to date.");
        return CommandLine.Done;
    }

    public static async Task<int> VerifyAuditAsync(string[] configuration, CancellationToken cancellationToken)
    {
        await using WebApplication app = await OpenAsync(configuration, cancellationToken);
        AuditVerdict verdict = await app.Services.GetRequiredService<AuditVerification>().RunAsync(cancellationToken);
        if (verdict.Fault is { } fault)
            throw new StartRefusedException(fault);
        await Console.Out.WriteLineAsync($"{verdict.Checked} entries are as they were written. The latest is {verdict.HeadId} {verdict.HeadHash}");
        if (verdict.Unchained > 0)
            await Console.Error.WriteLineAsync($"{verdict.Unchained} entries are from before entries were chained; nothing vouches for them.");
        return CommandLine.Done;
    }

    public static async Task<int> BackupAsync(string[] configuration, string file, CancellationToken cancellationToken)
    {
        await using WebApplication app = PortalApp.Create(configuration, quiet: true);
        await using PortalDbContext db = await CreateContextAsync(app, cancellationToken);
        SqliteCopy.Write(SqliteFile.Of(db, "pg_dump"), file);
        await Console.Out.WriteLineAsync($"Wrote {file}.");
        await Console.Error.WriteLineAsync($"The keys are not in it. Save {KeysOf(app)} as well, in another place: each is useless without the other.");
        return CommandLine.Done;
    }

    public static async Task<int> RestoreAsync(string[] configuration, string file, CancellationToken cancellationToken)
    {
        await using WebApplication app = PortalApp.Create(configuration, quiet: true);
        await using PortalDbContext db = await CreateContextAsync(app, cancellationToken);
        string database = SqliteFile.Of(db, "pg_restore");
        app.Services.GetRequiredService<DataLock>().Take();
        string? kept = new SqliteRestore(database, [.. db.Database.GetMigrations()], app.Services.GetRequiredService<TimeProvider>()).Run(file);
        await Console.Out.WriteLineAsync($"Restored {database} from {file}. Everyone has to sign in again.");
        await Console.Error.WriteLineAsync((kept is null ? "" : $"The database before is kept as {kept}. ")
            + $"The keys in {KeysOf(app)} must be those of the time of the backup; restore them too if they were changed since.");
        return CommandLine.Done;
    }

    /// <summary>Opens the data without the lock, so that a running portal is not disturbed; only a pending migration needs it.</summary>
    internal static async Task<WebApplication> OpenAsync(string[] configuration, CancellationToken cancellationToken)
    {
        WebApplication app = PortalApp.Create(configuration, quiet: true);
        DatabaseMigrator migrator = app.Services.GetRequiredService<DatabaseMigrator>();
        if (await migrator.CountPendingAsync(cancellationToken) > 0)
        {
            app.Services.GetRequiredService<DataLock>().Take();
            await migrator.MigrateAsync(cancellationToken);
        }
        await app.Services.GetRequiredService<KeyCheck>().RequireMatchAsync(cancellationToken);
        await app.Services.GetRequiredService<SettingsService>().LoadAsync(cancellationToken);
        return app;
    }

    private static Task<PortalDbContext> CreateContextAsync(WebApplication app, CancellationToken cancellationToken) =>
        app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);

    private static string KeysOf(WebApplication app) => Path.Combine(app.Services.GetRequiredService<DataDirectory>().Path, "keys");
}
