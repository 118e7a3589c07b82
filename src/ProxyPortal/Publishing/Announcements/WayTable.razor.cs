using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>The old way beside the new one, with what differs marked.</summary>
public partial class WayTable
{
    /// <summary>Null once it is gone.</summary>
    [Parameter]
    public AnnouncedWay? Old { get; set; }

    [Parameter, EditorRequired]
    public required AnnouncedWay New { get; set; }

    /// <summary>Names of the endpoints, where they are two.</summary>
    [Parameter]
    public string? OldName { get; set; }

    [Parameter]
    public string? NewName { get; set; }

    private IEnumerable<Row> Rows =>
    [
        Of(T["Address"], way => way.Address.Host),
        Of(T["Port"], way => way.Address.Port.ToString(CultureInfo.InvariantCulture)),
        Of(T["Type"], way => T.Transport(way.Address.Transport)),
        Of(T["Sign-in"], way => way.Schemes.Count == 0 ? T["no scheme that you may use"] : string.Join(", ", way.Schemes)),
    ];

    private Row Of(string label, Func<AnnouncedWay, string> value) => new(label, Old is null ? null : value(Old), value(New));

    private sealed record Row(string Label, string? Old, string New);
}
