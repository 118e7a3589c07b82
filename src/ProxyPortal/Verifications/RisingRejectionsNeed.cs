using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Overview.Needs;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Verifications;

/// <summary>Many more rejections within the last hour than usual: a change went wrong, a password ran out everywhere, or somebody guesses.</summary>
internal sealed class RisingRejectionsNeed : INeedSource
{
    private const int Hours = 24;
    private const int TimesUsual = 3;
    private const int Fewest = 20;

    public Permission Needs => Permission.ReadEvents;

    public async Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset lastHour = now.AddHours(-1);
        // Being asked to sign in is how every session starts, and nobody's failure.
        IQueryable<VerificationRollup> rejected = db.VerificationRollups.AsNoTracking().Where(rollup => rollup.Reason != RejectionReason.None && rollup.Reason != RejectionReason.NoCredentials);
        long now60 = await rejected.Where(rollup => rollup.Span == RollupSpan.Minute && rollup.Start >= lastHour).SumAsync(rollup => rollup.Count, cancellationToken);
        if (now60 < Fewest)
            return null;
        DateTimeOffset dayBefore = lastHour.AddHours(-Hours);
        long before = await rejected.Where(rollup => rollup.Span == RollupSpan.Minute && rollup.Start >= dayBefore && rollup.Start < lastHour).SumAsync(rollup => rollup.Count, cancellationToken);
        return now60 * Hours <= before * TimesUsual ? null : new Need(
            string.Create(CultureInfo.InvariantCulture, $"{now60:N0} rejections within the last hour"),
            before == 0 ? "There were none in the day before." : string.Create(CultureInfo.InvariantCulture, $"Usual were {Math.Max(1, before / Hours):N0} an hour in the day before."),
            PortalUrls.Verifications(from: lastHour), Icons.Material.Outlined.TrendingUp, StatusTone.Wrong);
    }
}
