using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>The fields of a policy, new or not. Rules are the service's; what it refuses is said at the field.</summary>
public partial class ExpiryPolicyForm
{
    private static readonly string[] Fields =
    [
        "name", "deviceSecretMaxAgeDays", "overlapHours", "idleDays", "graceDays", "jitterDays", "holidays", "warnDays", "warnDaysAfter",
        "passwordMaxAgeDays", "passwordMinLength", "passwordHistory",
    ];

    [Parameter, EditorRequired]
    public required ExpiryPolicyDraft Draft { get; set; }

    /// <summary>What the form is for: "Edit contractors".</summary>
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

    /// <summary>Who would be met is asked before anything is saved.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnPreview { get; set; }

    /// <summary>How to leave without saving.</summary>
    [Parameter]
    public RenderFragment? Cancel { get; set; }
}
