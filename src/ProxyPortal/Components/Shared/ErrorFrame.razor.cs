using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Something failed, in plain words, with an id that is also in the log. Never a stack trace, SQL or a path.</summary>
public partial class ErrorFrame
{
    public const string DefaultText =
        "Something went wrong on our side and was written to the log. Try again; if it stays, tell an administrator the incident id.";

    [Parameter]
    public string Title { get; set; } = "This could not be shown";

    /// <summary>The cause as far as the user may know it, and what to do.</summary>
    [Parameter]
    public string Text { get; set; } = DefaultText;

    [Parameter]
    public string? IncidentId { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }
}
