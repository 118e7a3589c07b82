using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Verification.Passwords;

namespace ProxyPortal.Notices;

/// <summary>Tells people which device still sends a password that they replaced: once for each device and replacement.</summary>
internal sealed class OldSecretNotices(IDbContextFactory<PortalDbContext> contexts, SupersededUses uses, NoticePost post)
{
    public async Task GiveAsync(CancellationToken cancellationToken)
    {
        NoticeDraft[] drafts = [.. uses.All.Select(DraftOf)];
        if (drafts.Length == 0)
            return;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await post.AddAsync(db, drafts, cancellationToken) > 0)
            await db.SaveChangesAsync(cancellationToken);
    }

    private static NoticeDraft DraftOf(SupersededUse use) => new(
        use.UserId, NoticeKind.OldSecretInUse, FormattableString.Invariant($"old:{use.UserId:N}:{use.Login.GetStableHash():x}:{use.Address}:{use.ReplacedAt.UtcTicks}"),
        new NoticeValues(use.Login, use.LastAt, Address: use.Address?.ToString(), Other: use.ReplacedAt.ToString("O", CultureInfo.InvariantCulture)));
}
