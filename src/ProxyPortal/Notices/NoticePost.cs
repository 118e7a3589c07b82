using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Mail;
using ProxyPortal.Users;

namespace ProxyPortal.Notices;

/// <summary>Gives notices: each once, by mail at once, in the daily mail or only in the portal, as its person chose.</summary>
internal sealed class NoticePost(MailOutbox outbox, NoticeWriter writer, TimeProvider time)
{
    /// <summary>Adds those of <paramref name="drafts"/> that were not given yet to <paramref name="db"/>, which the caller saves; another node that was quicker makes
    /// that fail, and the caller looks again.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> AddAsync(PortalDbContext db, IReadOnlyCollection<NoticeDraft> drafts, CancellationToken cancellationToken)
    {
        if (drafts.Count == 0)
            return 0;
        string[] keys = [.. drafts.Select(draft => draft.Key)];
        HashSet<string> given = [.. await db.Notices.Where(notice => keys.Contains(notice.Key)).Select(notice => notice.Key).ToListAsync(cancellationToken)];
        Guid[] ids = [.. drafts.Where(draft => !given.Contains(draft.Key)).Select(draft => draft.UserId).Distinct()];
        // Who lies in the bin is told nothing.
        Dictionary<Guid, User> users = await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id) && user.DeletedAt == null).ToDictionaryAsync(user => user.Id, cancellationToken);
        int added = 0;
        foreach (NoticeDraft draft in drafts)
        {
            if (!given.Add(draft.Key) || !users.TryGetValue(draft.UserId, out User? user))
                continue;
            Add(db, user, draft);
            added++;
        }
        return added;
    }

    private void Add(PortalDbContext db, User user, NoticeDraft draft)
    {
        bool waits = user.Email is not null && !user.IsMuted(draft.Kind) && user.Waits(draft.Kind);
        db.Notices.Add(new Notice
        {
            UserId = draft.UserId,
            Kind = draft.Kind,
            Key = draft.Key,
            Values = draft.Values.ToJson(),
            CreatedAt = time.GetUtcNow(),
            HandledAt = waits ? null : time.GetUtcNow(),
        });
        if (waits || user.IsMuted(draft.Kind))
            return;
        outbox.Add(db, user, MailKind.Notice, () => writer.Write(draft.Kind, draft.Values, user));
        // A changed address is told where the person was reached until now, too.
        if (draft.Kind is NoticeKind.MailAddressChanged && draft.Values.Other is { } former)
            outbox.Add(db, new MailReader(former, user.DisplayName, user.Id, user.Language), MailKind.Notice, () => writer.Write(draft.Kind, draft.Values, user));
    }
}
