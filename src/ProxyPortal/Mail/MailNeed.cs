using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Data;
using ProxyPortal.Overview.Needs;

namespace ProxyPortal.Mail;

/// <summary>Mail that cannot be sent: whoever waits for a reset waits in vain.</summary>
internal sealed class MailNeed(MailHealth health) : INeedSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public Permission Needs => Permission.ReadSettings;

    public async Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (health is { Fault: { } fault, FailsSince: { } since } && now - since >= Patience)
            return new Need("Mail cannot be sent", fault, PortalUrls.Mails(), Icons.Material.Outlined.Unsubscribe, StatusTone.Wrong);
        int failed = await db.Mails.CountAsync(mail => mail.State == MailState.Failed, cancellationToken);
        return failed == 0 ? null : new Need(
            string.Create(CultureInfo.InvariantCulture, $"{failed:N0} {(failed == 1 ? "mail was" : "mails were")} not delivered"),
            "The server refused them, or they could not be sent in time.", PortalUrls.Mails("failed"), Icons.Material.Outlined.Unsubscribe, StatusTone.Soon);
    }
}
