using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Settings;
using ProxyPortal.Users;

namespace ProxyPortal.Links;

/// <summary>A link as it is handed out, once.</summary>
/// <param name="Url">Absolute, on the public URL.</param>
/// <param name="Token">The secret part.</param>
/// <param name="ExpiresAt">When it stops working.</param>
public sealed record IssuedLink(string Url, string Token, DateTimeOffset ExpiresAt);

/// <summary>Makes links that work once, finds them without using them up, and uses them up atomically.</summary>
public sealed class OneTimeLinks(IDbContextFactory<PortalDbContext> contexts, SettingsService settings, TimeProvider time)
{
    public static TimeSpan SetupLifetime { get; } = TimeSpan.FromHours(24);

    public static TimeSpan PasswordLifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>Of a link that anybody could ask for, and that lies in a mailbox.</summary>
    public static TimeSpan MailedPasswordLifetime { get; } = TimeSpan.FromHours(1);

    public static TimeSpan SignInLifetime { get; } = TimeSpan.FromMinutes(15);

    public static TimeSpan PairingLifetime { get; } = TimeSpan.FromHours(24);

    public static TimeSpan ConfirmMailLifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>Long enough for somebody who is away for a while.</summary>
    public static TimeSpan UndoMailLifetime { get; } = TimeSpan.FromDays(14);

    public static TimeSpan ConfirmRequestLifetime { get; } = TimeSpan.FromHours(24);

    public static TimeSpan InvitationLifetime { get; } = TimeSpan.FromDays(7);

    /// <summary>Adds a link to <paramref name="db"/>; it exists once that is saved.</summary>
    /// <param name="db">Saved by the caller.</param>
    /// <param name="purpose">What it opens.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="device">The device of a pairing link.</param>
    /// <param name="sentTo">The address it is mailed to, to which it is bound then; without one it is handed over.</param>
    /// <param name="lifetime">Another one than is usual for the purpose.</param>
    public IssuedLink Add(PortalDbContext db, LinkPurpose purpose, User? user, Device? device = null, string? sentTo = null, TimeSpan? lifetime = null)
    {
        string token = GeneratedSecret.CreateLinkToken();
        DateTimeOffset now = time.GetUtcNow();
        (string path, TimeSpan usual) = purpose switch
        {
            LinkPurpose.Setup => (PortalUrls.Setup, SetupLifetime),
            LinkPurpose.SetPassword => (PortalUrls.SetPassword, sentTo is null ? PasswordLifetime : MailedPasswordLifetime),
            LinkPurpose.SignIn => (PortalUrls.SignInLink, SignInLifetime),
            LinkPurpose.PairDevice => (PortalUrls.PairDevice, PairingLifetime),
            LinkPurpose.ConfirmMail => (PortalUrls.ConfirmMail, ConfirmMailLifetime),
            LinkPurpose.UndoMail => (PortalUrls.UndoMail, UndoMailLifetime),
            LinkPurpose.ConfirmRequest => (PortalUrls.ConfirmRequest, ConfirmRequestLifetime),
            LinkPurpose.Invitation => (PortalUrls.Invitation, InvitationLifetime),
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        };
        DateTimeOffset end = now + (lifetime ?? usual);
        db.OneTimeLinks.Add(new OneTimeLink
        {
            Purpose = purpose,
            UserId = user?.Id,
            DeviceId = device?.Id,
            SentTo = sentTo,
            Digest = SecretDigests.OfKey(token),
            PasswordVersion = user?.PasswordVersion ?? 0,
            CreatedAt = now,
            ExpiresAt = end,
        });
        return new IssuedLink($"{settings.Current.PublicUrl}{path}?token={token}", token, end);
    }

    /// <summary>The link of this token if it still works, without using it up: opening a link changes nothing.</summary>
    public async Task<OneTimeLink?> FindAsync(string? token, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        if (token is not { Length: > 0 and <= 128 })
            return null;
        byte[] digest = SecretDigests.OfKey(token);
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        OneTimeLink? link = await db.OneTimeLinks.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Digest == digest && row.Purpose == purpose && row.UsedAt == null && row.ExpiresAt > now, cancellationToken);
        if (link?.UserId is not { } userId)
            return link;
        // A device goes its own way, whatever becomes of the password.
        if (link.DeviceId is { } deviceId)
        {
            return await db.Devices.AnyAsync(device => device.Id == deviceId && device.State != DeviceState.Revoked && (device.ExpiresAt == null || device.ExpiresAt > now)
                && (device.RequestEndsAt == null || device.RequestEndsAt > now) && device.User!.SuspendedAt == null && device.User.DeletedAt == null, cancellationToken) ? link : null;
        }
        // Whoever took an account over changes its password too: nothing of that may stop its owner.
        if (purpose is LinkPurpose.UndoMail)
            return await db.Users.AnyAsync(user => user.Id == userId && user.DeletedAt == null, cancellationToken) ? link : null;
        // Any password set since, another address, a suspension and the bin make the link void. One that brings a new address was sent to that.
        bool isBound = link.SentTo is not null && purpose is not LinkPurpose.ConfirmMail;
        return await db.Users.AnyAsync(user => user.Id == userId && user.PasswordVersion == link.PasswordVersion && (!isBound || user.Email == link.SentTo)
                && user.SuspendedAt == null && user.DeletedAt == null, cancellationToken)
            ? link : null;
    }

    /// <summary>Uses the link up. Of any number of simultaneous calls exactly one gets true.</summary>
    public async Task<bool> ConsumeAsync(PortalDbContext db, OneTimeLink link, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return await db.OneTimeLinks.Where(row => row.Id == link.Id && row.UsedAt == null && row.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken) == 1;
    }
}
