using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>All announcements, those that are still ahead first: there are few.</summary>
public partial class AnnouncementsPage
{
    private IReadOnlyList<AnnouncementDetail> _all = [];

    [Inject]
    public required AnnouncementService Announcements { get; init; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<IReadOnlyList<AnnouncementDetail>> all = await Announcements.ListAsync(actor, Gone);
        if (all.Succeeded)
            _all = all.Value;
        return all.Error;
    });
}
