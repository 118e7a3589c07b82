using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Groups;

/// <summary>The fields of a group, new or not. Rules are the service's; what it refuses is said at the field.</summary>
public partial class GroupForm
{
    private static readonly string[] Fields =
        ["name", "description", "endpoints", "schemes", "networks", "hours", "timeZone", "expiryPolicy", "deviceLimit"];

    private static readonly string[] Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    [Parameter, EditorRequired]
    public required GroupDraft Draft { get; set; }

    /// <summary>What there is to choose among.</summary>
    [Parameter, EditorRequired]
    public required GroupChoices Choices { get; set; }

    /// <summary>What the form is for: "Edit staff".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public Error? Fault { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public required string SubmitLabel { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    /// <summary>How to leave without saving.</summary>
    [Parameter]
    public RenderFragment? Cancel { get; set; }

    private string PolicyHint => Choices.DefaultPolicy is { } standard
        ? $"When secrets and idle accounts end. With none, the default policy {standard} holds."
        : "When secrets and idle accounts end. There is no default policy: with none, nothing ends by itself.";

    private void Choose(string endpoint, bool isChosen)
    {
        if (isChosen)
            Draft.Endpoints.Add(endpoint);
        else
            Draft.Endpoints.Remove(endpoint);
    }
}
