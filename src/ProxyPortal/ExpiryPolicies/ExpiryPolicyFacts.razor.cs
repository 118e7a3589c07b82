using Microsoft.AspNetCore.Components;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>What a policy says, line by line.</summary>
public partial class ExpiryPolicyFacts
{
    [Parameter, EditorRequired]
    public required ExpiryPolicyInput Policy { get; set; }

    private string Warnings
    {
        get
        {
            string[] parts =
            [
                .. Policy.WarnDays.Count > 0 ? [$"{string.Join(", ", Policy.WarnDays)} days before"] : Array.Empty<string>(),
                .. Policy.WarnsOnTheDay ? ["on the day"] : Array.Empty<string>(),
                .. Policy.WarnDaysAfter.Count > 0 ? [$"{string.Join(", ", Policy.WarnDaysAfter)} days after"] : Array.Empty<string>(),
            ];
            return parts.Length == 0 ? "None" : string.Join("; ", parts);
        }
    }
}
