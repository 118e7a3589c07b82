using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>A number of a policy, with its unit.</summary>
public partial class PolicyNumber
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Such as days; empty where the text names more than one number.</summary>
    [Parameter, EditorRequired]
    public required string Unit { get; set; }

    /// <summary>Its name in the API.</summary>
    [Parameter, EditorRequired]
    public required string Field { get; set; }

    [Parameter, EditorRequired]
    public required string Hint { get; set; }

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    [Parameter]
    public Error? Fault { get; set; }

    private string Id => $"policy-{Field}";
}
