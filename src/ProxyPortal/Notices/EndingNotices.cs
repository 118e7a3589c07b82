using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies.Calendar;

namespace ProxyPortal.Notices;

/// <summary>Tells people that something of theirs ends: on the days that their policies name, the nearest one only. What a policy says of some holds where several speak.</summary>
internal sealed class EndingNotices(IDbContextFactory<PortalDbContext> contexts, ExpiryCalendarService calendar, NoticePost post, TimeProvider time)
{
    private const int AtOnce = 500;

    /// <summary>Where no policy speaks.</summary>
    private static readonly WarnRules Usual = new([14, 7, 3, 1], true, []);

    /// <returns>How many notices were given.</returns>
    public async Task<int> GiveAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        WarnTable table = await LoadAsync(cancellationToken);
        int given = 0;
        foreach (Ending[] chunk in calendar.Between(now.AddDays(-table.LongestAfter - 1), now.AddDays(table.LongestBefore + 1)).Chunk(AtOnce))
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            ILookup<Guid, Guid?> policies = await PoliciesAsync(db, [.. chunk.Select(ending => ending.UserId).Distinct()], cancellationToken);
            NoticeDraft[] drafts = [.. chunk.Select(ending => DraftOf(ending, table.Of(policies[ending.UserId]), now)).OfType<NoticeDraft>()];
            int added = await post.AddAsync(db, drafts, cancellationToken);
            if (added == 0)
                continue;
            await db.SaveChangesAsync(cancellationToken);
            given += added;
        }
        return given;
    }

    private static NoticeDraft? DraftOf(Ending ending, WarnRules rules, DateTimeOffset now)
    {
        if (rules.DueOf(ending.At, now) is not { } due)
            return null;
        // The true distance, not the day that called for it: who joins two days before the end reads "in 2 days".
        int days = (int)Math.Floor((ending.At - now).TotalDays);
        return new NoticeDraft(ending.UserId, NoticeKind.AccessEnds, FormattableString.Invariant($"ends:{ending.Kind}:{ending.UserId:N}:{ending.Login.GetStableHash():x}:{ending.At.UtcTicks}:{due}"),
            new NoticeValues(ending.Login, ending.At, Days: due < 0 ? Math.Min(days, -1) : Math.Max(days, 0), Other: ending.Kind.ToString()));
    }

    private static async Task<ILookup<Guid, Guid?>> PoliciesAsync(PortalDbContext db, Guid[] users, CancellationToken cancellationToken) =>
        (await db.Users.Where(user => users.Contains(user.Id)).SelectMany(user => user.Groups, (user, group) => new { user.Id, group.ExpiryPolicyId }).ToListAsync(cancellationToken))
        .ToLookup(row => row.Id, row => row.ExpiryPolicyId);

    private async Task<WarnTable> LoadAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return new WarnTable(await db.ExpiryPolicies.AsNoTracking().ToListAsync(cancellationToken), Usual);
    }
}
