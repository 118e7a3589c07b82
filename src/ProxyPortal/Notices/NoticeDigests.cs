using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Mail;
using ProxyPortal.Users;

namespace ProxyPortal.Notices;

/// <summary>Puts what people want to hear once a day into one mail, in the morning.</summary>
internal sealed class NoticeDigests(IDbContextFactory<PortalDbContext> contexts, MailOutbox outbox, NoticeWriter writer, TimeProvider time)
{
    /// <summary>Of UTC: before work begins in Europe.</summary>
    private static readonly TimeSpan Morning = TimeSpan.FromHours(5);

    private const int UsersAtOnce = 100;

    /// <returns>How many mails were written.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset cut = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + Morning;
        if (now < cut)
            cut = cut.AddDays(-1);
        int mails = 0;
        while (true)
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            Guid[] users = await db.Notices.Where(notice => notice.HandledAt == null && notice.CreatedAt < cut).Select(notice => notice.UserId).Distinct().OrderBy(id => id).Take(UsersAtOnce).ToArrayAsync(cancellationToken);
            if (users.Length == 0)
                return mails;
            ILookup<Guid, Notice> waiting = (await db.Notices.Where(notice => users.Contains(notice.UserId) && notice.HandledAt == null && notice.CreatedAt < cut).OrderBy(notice => notice.CreatedAt).ToListAsync(cancellationToken))
                .ToLookup(notice => notice.UserId);
            foreach (User user in await db.Users.AsNoTracking().Where(row => users.Contains(row.Id)).ToListAsync(cancellationToken))
            {
                Notice[] notices = [.. waiting[user.Id]];
                foreach (Notice notice in notices)
                    notice.HandledAt = now;
                if (user.DeletedAt is null && outbox.Add(db, user, MailKind.Digest, () => writer.Digest([.. notices.Select(notice => writer.Write(notice.Kind, NoticeValues.FromJson(notice.Values), user))])) is not null)
                    mails++;
            }
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
