using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Something failed, in plain words, with an id that is also in the log. Never a stack trace, SQL or a path.</summary>
public partial class ErrorFrame
{
    [Parameter]
    public string? Title { get; set; }

    /// <summary>The cause as far as the user may know it, and what to do.</summary>
    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public string? IncidentId { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }
}
