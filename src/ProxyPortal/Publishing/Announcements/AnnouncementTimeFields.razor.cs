using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>What may be changed of an announcement afterwards too.</summary>
public partial class AnnouncementTimeFields
{
    [Parameter, EditorRequired]
    public required AnnouncementDraft Draft { get; set; }

    [Parameter]
    public Error? Fault { get; set; }

    /// <summary>Something was typed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private Task SetTimeAsync(DateTimeOffset? at)
    {
        Draft.EffectiveAt = at;
        return OnChanged.InvokeAsync();
    }
}
