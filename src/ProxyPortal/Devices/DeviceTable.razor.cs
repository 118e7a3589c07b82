using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Devices;

/// <summary>One page of devices. The login is a link for keyboards and new tabs; a click anywhere on the row does the same.</summary>
public partial class DeviceTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<DeviceSummary> Devices { get; set; }

    [Parameter, EditorRequired]
    public required DeviceListView View { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private void Open(TableRowClickEventArgs<DeviceSummary> row)
    {
        if (row.Item is { } device)
            Navigation.NavigateTo(PortalUrls.Device(device.Id));
    }

    private RenderFragment Head(string label, string field) => builder =>
    {
        bool isSorted = View.IsSortedBy(field);
        builder.OpenComponent<MudTh>(0);
        builder.AddComponentParameter(1, nameof(MudTh.UserAttributes), new Dictionary<string, object?>
        {
            ["aria-sort"] = !isSorted ? "none" : View.Descending ? "descending" : "ascending",
        });
        builder.AddComponentParameter(2, nameof(MudTh.ChildContent), (RenderFragment)(content =>
        {
            content.OpenComponent<SortLink>(0);
            content.AddComponentParameter(1, nameof(SortLink.Label), label);
            content.AddComponentParameter(2, nameof(SortLink.Url), View.SortedBy(field).Url);
            content.AddComponentParameter(3, nameof(SortLink.IsSorted), isSorted);
            content.AddComponentParameter(4, nameof(SortLink.Descending), View.Descending);
            content.CloseComponent();
        }));
        builder.CloseComponent();
    };
}
