using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>Those who still go the old way, and when they last went the new one.</summary>
public partial class OldWayUsersPanel
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<OldWayUser> Users { get; set; }
}
