using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Notices;

/// <summary>Reads the audit trail for what people must hear of. Whoever changes something has to write it there anyway, so no change can forget to tell.</summary>
internal sealed class AuditNotices(IDbContextFactory<PortalDbContext> contexts, NoticePost post)
{
    private const int AtOnce = 200;
    private const int SeenDays = 90;
    private const int ManyFailures = 5;

    // What is told of; the rest of the trail is passed over without being read.
    private static readonly string[] Told =
    [
        AuditAction.PasswordSet, AuditAction.UserChanged, AuditAction.MailChanged, AuditAction.MailChangeUndone, AuditAction.SecondFactorEnrolled, AuditAction.RecoveryCodesIssued, AuditAction.RecoveryCodeUsed, AuditAction.PasskeyAdded,
        AuditAction.PasskeyRemoved, AuditAction.SignInLinkIssued, AuditAction.SignedIn, AuditAction.ApiTokenCreated, AuditAction.NewSecretRequired,
        AuditAction.RequestMade, AuditAction.RequestAccepted, AuditAction.RequestDeclined,
        AuditAction.DeviceCreated, AuditAction.DeviceRequested, AuditAction.DeviceApproved, AuditAction.DeviceDeclined, AuditAction.DeviceRevoked,
        AuditAction.ChangeAnnounced, AuditAction.AnnouncementReminded,
    ];

    /// <returns>Whether there is more to read at once.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        long head = await db.AuditEntries.MaxAsync(entry => (long?)entry.Id, cancellationToken) ?? 0;
        NoticeCursor? cursor = await db.NoticeCursor.SingleOrDefaultAsync(cancellationToken);
        if (cursor is null)
        {
            // What happened before there were notices is old news.
            db.NoticeCursor.Add(new NoticeCursor { LastAuditId = head });
            await db.SaveChangesAsync(cancellationToken);
            return false;
        }
        if (cursor.LastAuditId >= head)
            return false;
        // Of the changes of users, which come by the hundred thousand, only those that name an address.
        List<AuditEntry> entries = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Id > cursor.LastAuditId && entry.Id <= head && Told.Contains(entry.Action) && (entry.Action != AuditAction.UserChanged || entry.After!.Contains("\"email\"")))
            .OrderBy(entry => entry.Id).Take(AtOnce).ToListAsync(cancellationToken);
        var drafts = new List<NoticeDraft>();
        foreach (AuditEntry entry in entries)
            drafts.AddRange(await DraftsOfAsync(db, entry, cancellationToken));
        await post.AddAsync(db, drafts, cancellationToken);
        bool more = entries.Count == AtOnce;
        cursor.LastAuditId = more ? entries[^1].Id : head;
        await db.SaveChangesAsync(cancellationToken);
        return more;
    }

    private static async Task<IEnumerable<NoticeDraft>> DraftsOfAsync(PortalDbContext db, AuditEntry entry, CancellationToken cancellationToken)
    {
        switch (entry.Action)
        {
            case AuditAction.ApiTokenCreated:
                return entry.ActorId is { } maker ? [Draft(maker, NoticeKind.ApiTokenCreated, entry, new NoticeValues(entry.TargetName, entry.At, Address: entry.Address))] : [];
            case AuditAction.DeviceCreated or AuditAction.DeviceRequested:
                return await NewDeviceAsync(db, entry, cancellationToken);
            case AuditAction.DeviceApproved or AuditAction.DeviceDeclined or AuditAction.DeviceRevoked:
                return await DecidedDeviceAsync(db, entry, cancellationToken);
            case AuditAction.RequestMade or AuditAction.RequestAccepted or AuditAction.RequestDeclined:
                return await RequestNotices.OfAsync(db, entry, KeyOf(entry), cancellationToken);
            case AuditAction.ChangeAnnounced or AuditAction.AnnouncementReminded:
                return await AnnouncementNotices.OfAsync(db, entry, KeyOf(entry), cancellationToken);
        }
        if (entry.TargetId is not { } userId)
            return [];
        return entry.Action switch
        {
            AuditAction.PasswordSet => [Draft(userId, NoticeKind.PasswordChanged, entry, new NoticeValues(null, entry.At, Address: entry.Address))],
            AuditAction.NewSecretRequired => [Draft(userId, NoticeKind.NewPasswordRequired, entry, new NoticeValues(null, entry.At))],
            AuditAction.UserChanged or AuditAction.MailChanged or AuditAction.MailChangeUndone => MailAddressChanged(entry, userId),
            AuditAction.SignedIn => await SignedInAsync(db, entry, userId, cancellationToken),
            _ => [Draft(userId, NoticeKind.SecondFactorChanged, entry, new NoticeValues(entry.Action, entry.At, Address: entry.Address))],
        };
    }

    private static IEnumerable<NoticeDraft> MailAddressChanged(AuditEntry entry, Guid userId) =>
        Text(entry.After, "email") is { } now && Text(entry.Before, "email") is { } former
            ? [Draft(userId, NoticeKind.MailAddressChanged, entry, new NoticeValues(now, entry.At, Address: entry.Address, Other: former))]
            : [];

    // Known places are not told of: a mail for each morning would teach people to delete them unread.
    private static async Task<IEnumerable<NoticeDraft>> SignedInAsync(PortalDbContext db, AuditEntry entry, Guid userId, CancellationToken cancellationToken)
    {
        int failed = Number(entry.After, "failedBefore");
        var before = await db.AuditEntries.AsNoTracking()
            .Where(other => other.TargetKind == entry.TargetKind && other.TargetId == userId && other.Action == AuditAction.SignedIn && other.Id < entry.Id && other.At >= entry.At.AddDays(-SeenDays))
            .GroupBy(other => other.Address == entry.Address).Select(group => group.Key).ToListAsync(cancellationToken);
        bool isNewPlace = before.Count > 0 && !before.Contains(true);
        return isNewPlace || failed >= ManyFailures
            ? [Draft(userId, NoticeKind.NewSignIn, entry, new NoticeValues(null, entry.At, Address: entry.Address, Days: failed >= ManyFailures ? failed : null))]
            : [];
    }

    private static async Task<IEnumerable<NoticeDraft>> NewDeviceAsync(PortalDbContext db, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(db, entry, cancellationToken) is not { } owner)
            return [];
        var drafts = new List<NoticeDraft> { Draft(owner.Id, NoticeKind.NewDevice, entry, new NoticeValues(entry.TargetName, entry.At, entry.ActorName, entry.Address)) };
        if (entry.Action == AuditAction.DeviceRequested)
        {
            var values = new NoticeValues(entry.TargetName, entry.At, entry.ActorName, Word: Text(entry.After, "requestReason"), Other: NoticeValues.Device);
            drafts.AddRange((await ApproversAsync(db, owner, cancellationToken)).Select(id => new NoticeDraft(id, NoticeKind.RequestWaits, $"{KeyOf(entry)}:{id}", values)));
        }
        return drafts;
    }

    private static async Task<IEnumerable<NoticeDraft>> DecidedDeviceAsync(PortalDbContext db, AuditEntry entry, CancellationToken cancellationToken)
    {
        // Who did it knows it.
        if (await OwnerAsync(db, entry, cancellationToken) is not { } owner || owner.Id == entry.ActorId)
            return [];
        return [Draft(owner.Id, NoticeKind.DeviceDecided, entry, new NoticeValues(entry.TargetName, entry.At, entry.ActorName, Word: Text(entry.After, "decisionReason"), Yes: entry.Action == AuditAction.DeviceApproved))];
    }

    private static Task<User?> OwnerAsync(PortalDbContext db, AuditEntry entry, CancellationToken cancellationToken) =>
        db.Devices.AsNoTracking().Where(device => device.Id == entry.TargetId).Select(device => device.User).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Those who may decide about this user, but not the user.</summary>
    internal static async Task<IReadOnlyList<Guid>> ApproversAsync(PortalDbContext db, User about, CancellationToken cancellationToken)
    {
        Guid[] groups = await db.Users.Where(user => user.Id == about.Id).SelectMany(user => user.Groups).Select(group => group.Id).ToArrayAsync(cancellationToken);
        List<User> staff = await db.Users.AsNoTracking().Where(user => (user.Role == PortalRole.Operator || user.Role == PortalRole.Administrator) && user.Id != about.Id && user.SuspendedAt == null && user.DeletedAt == null)
            .ToListAsync(cancellationToken);
        return [.. staff.Where(user => user.RoleGroups.Count == 0 || user.RoleGroups.Any(groups.Contains)).Select(user => user.Id)];
    }

    private static NoticeDraft Draft(Guid userId, NoticeKind kind, AuditEntry entry, NoticeValues values) => new(userId, kind, KeyOf(entry), values);

    private static string KeyOf(AuditEntry entry) => FormattableString.Invariant($"audit:{entry.Id}");

    private static string? Text(string? json, string name) => Find(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static int Number(string? json, string name) => Find(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : 0;

    private static JsonElement? Find(string? json, string name)
    {
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty(name, out JsonElement value) ? value.Clone() : null;
    }
}
