using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>The fields of a new announcement. Rules are the service's; what it refuses is said at the field.</summary>
public partial class AnnouncementForm
{
    private static readonly (AnnouncedEnd End, string Text)[] Ends =
    [
        (AnnouncedEnd.Replaced, "Another endpoint takes its place: a new address, port or type"),
        (AnnouncedEnd.Schemes, "Ways to sign in end at it; the address stays"),
        (AnnouncedEnd.Gone, "It ends, and nothing takes its place"),
    ];

    [Parameter, EditorRequired]
    public required AnnouncementDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ConnectEndpoint> Choices { get; set; }

    [Parameter]
    public Error? Fault { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    /// <summary>Something was typed or chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private ConnectEndpoint? Chosen => Choices.FirstOrDefault(one => one.Name == Draft.Endpoint);

    private string ProxyUrl => Chosen is { } endpoint ? PortalUrls.Proxy(endpoint.ProxyId) : PortalUrls.Proxies;

    private Task ChooseAsync(ChangeEventArgs change)
    {
        Draft.Endpoint = change.Value as string ?? "";
        Draft.Schemes.IntersectWith(Chosen?.Schemes ?? []);
        if (Draft.Replacement == Draft.Endpoint)
            Draft.Replacement = "";
        return OnChanged.InvokeAsync();
    }

    private Task SetEndAsync(AnnouncedEnd end)
    {
        Draft.End = end;
        return OnChanged.InvokeAsync();
    }

    private Task SetSchemeAsync(string scheme, bool ends)
    {
        if (ends)
            Draft.Schemes.Add(scheme);
        else
            Draft.Schemes.Remove(scheme);
        return OnChanged.InvokeAsync();
    }
}
