using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Links;

namespace ProxyPortal.Devices;

/// <summary>Gives devices new secrets: at once, or by a link that is opened on the device itself.</summary>
internal sealed class DeviceSecretService(IDbContextFactory<PortalDbContext> contexts, DeviceDesk desk, DeviceSecrets secrets, OneTimeLinks links, AuditTrail audit, TimeProvider time)
{
    private const int Attempts = 3;

    public static Error NotUsable { get; } = new("device_not_usable", "This device has ended. Add a new one, or give it a later end first.");

    /// <summary>A new secret. The one before it goes on working for <paramref name="overlap"/>, but never longer than the policy of the user's groups
    /// says; null = as long as that says. Errors: <c>device_not_usable</c>.</summary>
    public async Task<Result<IssuedDeviceSecret>> RotateAsync(Actor actor, Guid id, TimeSpan? overlap, CancellationToken cancellationToken)
    {
        IssuedDeviceSecret? issued = null;
        Result result = await desk.ActAsync(actor, id, AuditAction.DeviceSecretIssued, allowsOwner: true, async on =>
        {
            Result<IssuedDeviceSecret> made = await IssueAsync(on, overlap, cancellationToken);
            if (made.Error is { } fault)
                return fault;
            issued = made.Value;
            await RemoveLinksAsync(on, except: null, cancellationToken);
            return null;
        }, cancellationToken);
        return result.Error is { } error ? error : issued!;
    }

    /// <summary>A link that gives out a new secret, once, to whoever opens it on the device. Until then the present one stays; earlier links stop working.
    /// Errors: <c>device_not_usable</c>.</summary>
    public async Task<Result<IssuedLink>> IssuePairingLinkAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        IssuedLink? link = null;
        Result result = await desk.ActAsync(actor, id, AuditAction.DevicePairingLinkIssued, allowsOwner: true, async on =>
        {
            if (!IsUsable(on.Device))
                return NotUsable;
            await RemoveLinksAsync(on, except: null, cancellationToken);
            link = links.Add(on.Db, LinkPurpose.PairDevice, on.Owner, on.Device);
            return null;
        }, cancellationToken);
        return result.Error is { } error ? error : link!;
    }

    /// <summary>Uses a pairing link up and gives out the secret, in one act. Errors: <c>link_invalid</c>.</summary>
    /// <param name="visitor">Whoever opened it.</param>
    /// <param name="token">The link's own.</param>
    /// <param name="cancellationToken">Ends the act before it is saved.</param>
    public async Task<Result<IssuedDeviceSecret>> PairAsync(Actor visitor, string? token, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await links.FindAsync(token, LinkPurpose.PairDevice, cancellationToken) is not { DeviceId: { } id } link)
                return PasswordService.LinkInvalid;
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await db.Devices.Include(row => row.User).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } device)
                return PasswordService.LinkInvalid;
            var on = new DeviceCase(db, device, device.User!);
            object before = await DeviceDesk.SnapshotAsync(db, device, cancellationToken);
            Result<IssuedDeviceSecret> issued = await IssueAsync(on, overlap: null, cancellationToken);
            if (!issued.Succeeded)
                return PasswordService.LinkInvalid;
            db.OneTimeLinks.Attach(link).Entity.UsedAt = time.GetUtcNow();
            await RemoveLinksAsync(on, link.Id, cancellationToken);
            audit.Add(db, visitor with { Name = "pairing link" }, AuditAction.DeviceSecretIssued, DeviceDesk.TargetOf(device), before, await DeviceDesk.SnapshotAsync(db, device, cancellationToken));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return issued;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Someone used the link at the same moment, or an administrator saved the device: looking again tells which.
            }
        }
        return PasswordService.LinkInvalid;
    }

    private async Task<Result<IssuedDeviceSecret>> IssueAsync(DeviceCase on, TimeSpan? overlap, CancellationToken cancellationToken)
    {
        Device device = on.Device;
        if (!IsUsable(device))
            return NotUsable;
        DateTimeOffset now = time.GetUtcNow();
        MemberDeviceRules rules = await MemberDeviceRules.OfAsync(on.Db, on.Owner.Id, cancellationToken);
        // A secret that was withdrawn does not come back beside the new one.
        DateTimeOffset? until = device.SecretRevokedAt is null && rules.OverlapFor(overlap) is { Ticks: > 0 } length ? now + length : null;
        // Two secrets work at a time, the latest ones.
        foreach (FormerSecret former in await on.Db.FormerSecrets.Where(row => row.DeviceId == device.Id && row.ProvesUntil > now).ToListAsync(cancellationToken))
            former.ProvesUntil = now;
        (string secret, device.SecretDigest) = secrets.Create();
        (device.SecretIssuedAt, device.SecretRevokedAt, device.FormerSecretProvesUntil) = (now, null, until);
        return new IssuedDeviceSecret(device.Id, device.Name, DeviceDesk.LoginOf(device), secret, DeviceStatuses.Of(now, device.State, device.RequestEndsAt, device.ExpiresAt), until);
    }

    private bool IsUsable(Device device) => DeviceStatuses.Of(time.GetUtcNow(), device.State, device.RequestEndsAt, device.ExpiresAt).Counts();

    private static async Task RemoveLinksAsync(DeviceCase on, Guid? except, CancellationToken cancellationToken) =>
        on.Db.OneTimeLinks.RemoveRange(await on.Db.OneTimeLinks.Where(link => link.DeviceId == on.Device.Id && link.UsedAt == null && link.Id != except).ToListAsync(cancellationToken));
}
