using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Devices;

/// <summary>The registry of devices.</summary>
public partial class DevicesPage
{
    private IReadOnlyDictionary<DeviceStatus, int> _counts = new Dictionary<DeviceStatus, int>();

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "user")]
    public string? Owner { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Descending { get; set; }

    [Inject]
    private DeviceService Devices { get; init; } = null!;

    private int Waiting => _counts.GetValueOrDefault(DeviceStatus.Requested);

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{Rows.Total:N0} {(Rows.Total == 1 ? "device" : "devices")}");

    private string OwnerShown => Rows.Items is [var first, ..] ? $"Only {first.Owner.UserId}'s" : "One user's";

    private FilterLink[] Filters =>
    [
        new("All", (View with { Status = null, Page = 1 }).Url, _counts.Values.Sum(), View.Status is null),
        .. Enum.GetValues<DeviceStatus>().Select(status =>
        {
            DeviceWords words = DeviceWords.Of(status);
            // The chosen one leads back to all.
            return new FilterLink(words.Text, (View with { Status = status == View.Status ? null : status, Page = 1 }).Url, _counts.GetValueOrDefault(status), status == View.Status,
                words.Meaning, words.Tone, words.Icon);
        }),
    ];

    protected override DeviceListView ReadAddress() => new(
        string.IsNullOrWhiteSpace(Search) ? null : Search, DeviceStatuses.Parse(Status), DeviceWords.ParseKind(Kind), Guid.TryParse(Owner, out Guid owner) ? owner : null,
        string.IsNullOrEmpty(Sort) ? null : Sort, Descending == "true", ListAddress.ReadPage(Page), ListAddress.ReadSize(PageSize));

    protected override async Task<Result<PageOf<DeviceSummary>>> ReadRowsAsync(Actor actor, DeviceListView view)
    {
        Result<PageOf<DeviceSummary>> rows = await Devices.ListAsync(actor, view.Query, Gone);
        Result<IReadOnlyDictionary<DeviceStatus, int>> counts = rows.Succeeded ? await Devices.CountAsync(actor, Gone) : rows.Error!;
        if (counts.Error is { } error)
            return error;
        _counts = counts.Value;
        return rows;
    }

    private void OnKind(ChangeEventArgs change) => Go(View with { Kind = DeviceWords.ParseKind(change.Value as string), Page = 1 });
}
